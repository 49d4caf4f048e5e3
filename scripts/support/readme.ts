import { readFileSync } from 'node:fs'

/** A fenced block of the README: ```` ```ts accounts.test.ts ````. */
export interface CodeBlock {
  readonly language: string
  /** What stands behind the language; empty: the block is no file. */
  readonly file: string
  readonly text: string
}

/** The blocks of the README as they are printed, in order. */
export function readmeBlocks(): CodeBlock[] {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
  return [...readme.matchAll(/^```(\w+) ?(.*)\n([\s\S]*?)^```$/gm)].map(([, language, file, text]) => ({
    language: language!,
    file: file!,
    text: text!,
  }))
}

/** The README's files whose name ends so. */
export function readmeFiles(suffix: string): CodeBlock[] {
  return readmeBlocks().filter(({ file }) => file.endsWith(suffix))
}

/** The lines of all shell blocks. */
export function readmeCommands(): string[] {
  return readmeBlocks()
    .filter(({ language }) => language === 'sh')
    .flatMap(({ text }) => text.replaceAll('\\\n', ' ').trim().split('\n'))
}

/** The words of a shell line with quotes and nothing else that a shell would read. */
export function shellWords(line: string): string[] {
  return [...line.matchAll(/(?:[^\s'"]+|'[^']*'|"[^"]*")+/g)].map(([word]) =>
    word.replace(/'([^']*)'|"([^"]*)"/g, '$1$2'),
  )
}
