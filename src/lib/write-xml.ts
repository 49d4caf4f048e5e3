import type { XMLBuilder } from 'xmlbuilder2/lib/interfaces.js'

/** An element of a document of ours: its attributes, and the elements or the text in it. */
export interface XmlElement {
  readonly name: string
  readonly attributes?: Readonly<Record<string, string>>
  readonly children?: readonly XmlElement[] | string
}

/** Write an element in few words. */
export const element = (
  name: string,
  attributes: Readonly<Record<string, string>> = {},
  children: XmlElement['children'] = [],
): XmlElement => ({ name, attributes, children })

/**
 * Write a document of ours, such as a report: indented, and no real server's bytes. Characters that XML does not know
 * become U+FFFD.
 */
export async function writeXml(root: XmlElement): Promise<string> {
  // Large, so that whoever writes no XML does not pay for it.
  const { create } = await import('./xml-builder.ts')
  const document = create({ version: '1.0', encoding: 'UTF-8' })
  append(document, root)
  return `${document.end({ prettyPrint: true })}\n`
}

function append(parent: XMLBuilder, { name, attributes = {}, children = [] }: XmlElement): void {
  const values = Object.entries(attributes).map(([key, value]) => [key, printable(value)])
  const made = parent.ele(name, Object.fromEntries(values))
  if (typeof children === 'string') made.txt(printable(children))
  else for (const child of children) append(made, child)
}

const printable = (text: string) => text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
