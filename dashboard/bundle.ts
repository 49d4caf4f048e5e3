import { createHash } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

/** A page with its program and its style in it, and the hashes by which a content security policy knows them. */
export interface BundledPage {
  readonly html: string
  readonly scriptHash: string
  readonly styleHash: string
  /** What it was made of, from this folder. */
  readonly files: readonly string[]
}

const folder = fileURLToPath(new URL('.', import.meta.url))

/** Make one file of the page's modules. */
export async function bundlePage(): Promise<BundledPage> {
  const { outputFiles, metafile } = await build({
    absWorkingDir: folder,
    entryPoints: { page: 'main.tsx', style: 'style.css' },
    outdir: 'out',
    bundle: true,
    minify: true,
    format: 'iife',
    platform: 'browser',
    target: 'es2023',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    legalComments: 'none',
    write: false,
    metafile: true,
  })
  const textOf = (extension: string) => outputFiles.find(({ path }) => path.endsWith(extension))!.text.trim()
  const script = textOf('.js').replaceAll('</script', '<\\/script')
  const style = textOf('.css')
  const html = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>ocs-mock</title><link rel="icon" href="data:,">
<style>${style}</style></head>
<body><div id="page"></div><script>${script}</script></body></html>
`
  const files = Object.keys(metafile.inputs).map((file) => `dashboard/${file}`)
  return { html, scriptHash: hashOf(script), styleHash: hashOf(style), files }
}

const hashOf = (text: string) => `sha256-${createHash('sha256').update(text).digest('base64')}`
