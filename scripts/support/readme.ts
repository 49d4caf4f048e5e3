import { readFileSync } from 'node:fs'

/** A fenced block of the README: ```` ```ts accounts.test.ts ````. */
export interface CodeBlock {
  readonly language: string
  /** What stands behind the language; empty: the block is no file. */
  readonly file: string
  readonly text: string
}

/** The blocks of a document in Markdown as they are printed, in order. */
export const codeBlocks = (markdown: string): CodeBlock[] =>
  [...markdown.matchAll(/^```(\w+) ?(.*)\n([\s\S]*?)^```$/gm)].map(([, language, file, text]) => ({
    language: language!,
    file: file!,
    text: text!,
  }))

/** The blocks of the README as they are printed, in order. */
export const readmeBlocks = (): CodeBlock[] =>
  codeBlocks(readFileSync(new URL('../../README.md', import.meta.url), 'utf8'))

/** The README's files whose name ends so. */
export function readmeFiles(suffix: string): CodeBlock[] {
  return readmeBlocks().filter(({ file }) => file.endsWith(suffix))
}

/** The tests that a document of `docs/` prints as files. */
export const documentedTests = (name: string): CodeBlock[] =>
  codeBlocks(readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8')).filter(({ file }) =>
    file.endsWith('.test.ts'),
  )

/** The lines of all shell blocks of the README. */
export const readmeCommands = (): string[] => commandsIn(readmeBlocks())

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
