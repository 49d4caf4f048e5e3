import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { transformSync } from 'esbuild'

/** `examples/own-app`: the project that the chapter about apps of one's own writes. */
export const OWN_APP = fileURLToPath(new URL('../../examples/own-app/', import.meta.url))

/** Copy the whole project. */
export function copyOwnApp(to: string): void {
  cpSync(OWN_APP, to, { recursive: true, filter: (path) => !/[/\\](?:node_modules|build)$/.test(path) })
}

/** Its app as JavaScript, which every version of Node reads, with the documents beside it and no package. */
export function compileOwnApp(to: string): void {
  mkdirSync(to, { recursive: true })
  for (const name of ['seed.yaml', 'gift.yaml']) cpSync(join(OWN_APP, name), join(to, name))
  writeFileSync(join(to, 'package.json'), JSON.stringify({ type: 'module', private: true }))
  const folder = join(OWN_APP, 'bookmarks_lite')
  for (const file of readdirSync(folder)) {
    const { code } = transformSync(readFileSync(join(folder, file), 'utf8'), { loader: 'ts' })
    writeFileSync(join(to, file.replace('.ts', '.js')), code.replace(/(from "\.\/[^"]*)\.ts"/g, '$1.js"'))
  }
}
