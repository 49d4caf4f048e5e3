import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { transformSync } from 'esbuild'
import { blocksOf, type CodeBlock } from './readme.ts'

/** `examples/own-app`: the project that the chapter about apps of one's own writes. */
export const OWN_APP = fileURLToPath(new URL('../../examples/own-app/', import.meta.url))

/** Its files, but for tests and those that only compilers and package managers read. */
export const ownAppFiles = (): string[] =>
  readdirSync(OWN_APP, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => /\.(?:ts|yaml)$/.test(file) && !/node_modules|^build\//.test(file))
    .sort()

/** The blocks of the chapter, in order. */
export const ownAppBlocks = (): CodeBlock[] => blocksOf('docs/own-app.md')

/** Copy the whole project. */
export function copyOwnApp(to: string): void {
  cpSync(OWN_APP, to, { recursive: true, filter: (path) => !/[/\\](?:node_modules|build)$/.test(path) })
}

/** Its apps as JavaScript, which every version of Node reads, with the documents beside them and no package. */
export function compileOwnApp(to: string): void {
  mkdirSync(to, { recursive: true })
  writeFileSync(join(to, 'package.json'), JSON.stringify({ type: 'module', private: true }))
  for (const file of ownAppFiles().filter((name) => !name.endsWith('.test.ts'))) {
    const text = readFileSync(join(OWN_APP, file), 'utf8')
    const target = join(to, file.replace(/\.ts$/, '.js'))
    mkdirSync(dirname(target), { recursive: true })
    writeFileSync(target, file.endsWith('.ts') ? compiled(text) : text)
  }
}

const compiled = (text: string) =>
  transformSync(text, { loader: 'ts' }).code.replace(/(from "\.\/[^"]*)\.ts"/g, '$1.js"')
