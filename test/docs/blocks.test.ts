import { readFileSync } from 'node:fs'
import { transformSync } from 'esbuild'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { createOcsMock } from '#index.ts'
import { fromOpenApi } from '#openapi/from-openapi.ts'
import { checkScenario } from '#scenario/check.ts'
import { readPage } from '../../docs/.vitepress/pages.ts'
import { blocksOf, PAGES } from '../../scripts/support/readme.ts'
import { SHELF_DOCUMENT } from '../openapi/shelf.ts'

/** Those whose blocks need an app that the page defines are read with it, in `test/examples`. */
const WITH_OWN_APP = ['docs/own-app.md']

const printed = PAGES.flatMap((page) => blocksOf(page).map((block) => ({ page, ...block })))
const inLanguage = (...languages: string[]) => printed.filter(({ language }) => languages.includes(language))
const nameOf = ({ page, file, text }: (typeof printed)[number]) => `${page}: ${file || text.split('\n')[0]}`

describe('the pages of the manual', () => {
  const manual = PAGES.filter((page) => page.startsWith('docs/'))

  it.each(manual)('%s says where it stands', (page) => {
    const text = readFileSync(page, 'utf8')
    expect(readPage(page, text).title).not.toBe('')
  })

  it('come each at a place of its own', () => {
    const orders = manual.map((page) => readPage(page, readFileSync(page, 'utf8')).order)
    expect(new Set(orders).size).toBe(orders.length)
  })

  it('are named in small letters', () => {
    expect(manual.filter((page) => !/^docs\/[a-z0-9-]+\.md$/.test(page))).toEqual([])
  })

  it('without a heading, a part or a place are refused', () => {
    expect(() => readPage('a.md', '---\ngroup: Start\n---\n\n# A\n')).toThrow('docs/a.md needs a heading')
  })
})

describe('what README and manual print', () => {
  it('is in languages that are tried', () => {
    const tried = ['ts', 'js', 'sh', 'yaml', 'json', 'html']
    expect(printed.filter(({ language }) => !tried.includes(language)).map(nameOf)).toEqual([])
    expect(printed.length).toBeGreaterThan(50)
  })

  it.each(inLanguage('ts', 'js').map((block) => [nameOf(block), block] as const))('%s can be read', (_, block) => {
    expect(transformSync(block.text, { loader: block.language === 'ts' ? 'ts' : 'js' }).code).not.toBe('')
  })

  it.each(
    inLanguage('yaml')
      .filter(({ page }) => !WITH_OWN_APP.includes(page))
      .map((block) => [nameOf(block), block] as const),
  )('%s is a seed, or a scenario', (_, { text }) => {
    const document: unknown = parse(text)
    // A line that is a comment for editors alone.
    if (document === null) return expect(text).toMatch(/^# yaml-language-server: \$schema=\S+$/m)
    const ocs = createOcsMock({ apps: [fromOpenApi(SHELF_DOCUMENT)] })
    const check = () =>
      Object.hasOwn(document as object, 'steps')
        ? checkScenario(document, 'printed', ocs.scenarioVocabulary)
        : ocs.reset(document as object)
    expect(check).not.toThrow()
  })

  it.each(inLanguage('json').map((block) => [nameOf(block), block] as const))('%s is JSON', (_, { text }) => {
    expect(JSON.parse(text)).toBeDefined()
  })
})

describe('the README', () => {
  const text = readFileSync('README.md', 'utf8')

  it('is short, and has a picture and its contents', () => {
    expect(text.split('\n').length).toBeLessThanOrEqual(250)
    const headings = [...text.matchAll(/^## (.+)$/gm)].map(([, heading]) =>
      heading!.toLowerCase().replace(/[^\w -]/g, ''),
    )
    const targets = [...text.matchAll(/\]\(#([^)]+)\)/g)].map(([, target]) => target!.replaceAll('-', ' '))
    expect(targets).toEqual(headings)
    expect(text).toMatch(/!\[[^\]]+\]\(docs\/dashboard\/[\w-]+\.png\)/)
  })

  it('says on how many operations answers were measured, as the coverage table does', () => {
    const [, named, verified] =
      /^\| \*\*all\*\* \| (\d+) \| \d+ \| \d+ \| (\d+) \|$/m.exec(readFileSync('spec/COVERAGE.md', 'utf8')) ?? []
    const claims = PAGES.flatMap((page) => {
      const found = readFileSync(page, 'utf8').matchAll(/(\d+)\s+of\s+the\s+(\d+)\s+operations/g)
      return [...found].map(([, asked, all]) => [asked, all])
    })
    expect(claims.length).toBeGreaterThan(1)
    for (const claim of claims) expect(claim).toEqual([verified, named])
    expect(text).not.toMatch(/byte for byte/)
  })
})
