/** A body as people read it: JSON and XML with a line for each part, all else as it is. */
export function pretty(body: string): string {
  const text = body.trim()
  if (/^[[{]/.test(text)) {
    try {
      return JSON.stringify(JSON.parse(text), null, 2)
    } catch {
      return body
    }
  }
  return text.startsWith('<') && !/^<!doctype html/i.test(text) ? prettyXml(text) : body
}

function prettyXml(text: string): string {
  const lines: string[] = []
  let depth = 0
  for (const part of text.match(/<[^>]+>[^<]*/g) ?? []) {
    const [, tag = '', content = ''] = /^(<[^>]+>)([\s\S]*)$/.exec(part) ?? []
    const isEnd = tag.startsWith('</')
    if (isEnd) depth--
    const last = lines.at(-1)
    const name = /^<\/?([^\s/>]+)/.exec(tag)?.[1]
    // An element with nothing but text stays in one line.
    if (isEnd && last?.trimStart().startsWith(`<${name}`) && !last.includes('</')) lines[lines.length - 1] = last + tag
    else lines.push('  '.repeat(Math.max(0, depth)) + tag + content.trim())
    if (!isEnd && !/^<[?!]|\/>$/.test(tag)) depth++
  }
  return lines.join('\n')
}

/** What JSON an answer's XML would be: elements called `element` are a list. */
export function dataOfXml(text: string): unknown {
  const root = new DOMParser().parseFromString(text, 'application/xml').querySelector('ocs > data')
  return root === null ? null : dataIn(root)
}

function dataIn(element: Element): unknown {
  const children = [...element.children]
  if (children.length === 0) return element.textContent ?? ''
  if (children.every(({ tagName }) => tagName === 'element')) return children.map(dataIn)
  return Object.fromEntries(children.map((child) => [child.tagName, dataIn(child)]))
}
