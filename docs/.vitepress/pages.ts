import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A page of the manual, as its front matter and its heading say. */
export interface Page {
  /** Below `docs/`, with `/` between folders. */
  readonly file: string
  readonly title: string
  /** The part of the sidebar in which it stands. */
  readonly group: string
  /** Where in the whole manual it comes. Parts come in the order of their first pages. */
  readonly order: number
}

/** A part of the sidebar. */
export interface Part {
  readonly text: string
  readonly items: { readonly text: string; readonly link: string }[]
}

/**
 * All pages below a folder, in their order.
 * @throws Error for a page without heading, group or order
 */
export const readPages = (docs: string): Page[] =>
  readdirSync(docs, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.md') && !file.startsWith('.vitepress/'))
    .map((file) => readPage(file, readFileSync(join(docs, file), 'utf8')))
    .sort((a, b) => a.order - b.order || a.file.localeCompare(b.file))

/** @throws Error where heading, group or order are missing */
export function readPage(file: string, text: string): Page {
  const [, front = ''] = /^---\n([\s\S]*?)\n---\n/.exec(text) ?? []
  const [, group] = /^group: (.+)$/m.exec(front) ?? []
  const [, order] = /^order: (\d+)$/m.exec(front) ?? []
  const [, title] = /^# (.+)$/m.exec(text) ?? []
  if (!group || !order || !title)
    throw new Error(`docs/${file} needs a heading, and front matter with "group" and "order".`)
  return { file, title: title.replaceAll('`', ''), group, order: Number(order) }
}

/** The parts of the manual with their pages. */
export function sidebarOf(pages: readonly Page[]): Part[] {
  const parts = new Map<string, Page[]>()
  for (const page of pages) parts.set(page.group, [...(parts.get(page.group) ?? []), page])
  return [...parts].map(([text, of]) => ({
    text,
    items: of.map(({ title, file }) => ({ text: title, link: `/${file.replace(/(?:index)?\.md$/, '')}` })),
  }))
}
