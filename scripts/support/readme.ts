import { readdirSync, readFileSync } from 'node:fs'

/** A fenced block of a page: ```` ```ts accounts.test.ts ````. */
export interface CodeBlock {
  readonly language: string
  /** What stands behind the language; empty: the block is no file. */
  readonly file: string
  readonly text: string
}

/** The blocks of a document in Markdown as they are printed, in order. A block without a language is no code. */
export const codeBlocks = (markdown: string): CodeBlock[] =>
  [...markdown.matchAll(/^```(\w+) ?(.*)\n([\s\S]*?)^```$/gm)].map(([, language, file, text]) => ({
    language: language!,
    file: file!,
    text: text!,
  }))

const root = new URL('../../', import.meta.url)

/** The pages that people write: the README and those of the manual, by their paths. */
export const PAGES: readonly string[] = [
  'README.md',
  ...readdirSync(new URL('docs/', root))
    .filter((file) => file.endsWith('.md'))
    .map((file) => `docs/${file}`),
]

/** The blocks of a page, in order. */
export const blocksOf = (page: string): CodeBlock[] => codeBlocks(readFileSync(new URL(page, root), 'utf8'))

/** The files that a page prints, whose names end so. */
export const filesOf = (page: string, suffix: string): CodeBlock[] =>
  blocksOf(page).filter(({ file }) => file.endsWith(suffix))

/** `docs/own-app.md`: `own-app`, a folder for what it prints. */
export const folderOf = (page: string): string => page.replace(/^docs\/|\.md$/g, '').toLowerCase()

/** The lines of all shell blocks among these. */
export function commandsIn(blocks: readonly CodeBlock[]): string[] {
  return blocks
    .filter(({ language }) => language === 'sh')
    .flatMap(({ text }) => text.replaceAll('\\\n', ' ').trim().split('\n'))
}

/** The words of a shell line with quotes and nothing else that a shell would read. */
export function shellWords(line: string): string[] {
  return [...line.matchAll(/(?:[^\s'"]+|'[^']*'|"[^"]*")+/g)].map(([word]) =>
    word.replace(/'([^']*)'|"([^"]*)"/g, '$1$2'),
  )
}
