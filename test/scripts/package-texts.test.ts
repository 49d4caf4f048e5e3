import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'

const read = (file: string) => readFileSync(file, 'utf8')

describe('what the package says of itself', () => {
  it('has a text for every licence that REUSE.toml names, and no other', () => {
    const named = [...read('REUSE.toml').matchAll(/^SPDX-License-Identifier = "(.+)"$/gm)].map(([, id]) => `${id}.txt`)
    expect([...new Set(named)].sort()).toEqual(readdirSync('LICENSES').sort())
  })

  it('names in REUSE.toml and NOTICE what there is', () => {
    const files = [...read('REUSE.toml').matchAll(/"((?:fixtures|spec)\/[^"*]+)/g)].map(([, file]) => file!)
    const noted = [...read('NOTICE').matchAll(/(?:fixtures|LICENSES)\/[\w./-]+[\w/]/g)].map(([file]) => file)
    expect(files.length + noted.length).toBeGreaterThan(6)
    expect([...files, ...noted].filter((file) => !existsSync(file))).toEqual([])
  })

  it('ships what the README points to', () => {
    const { files } = JSON.parse(read('package.json')) as { readonly files: readonly string[] }
    const ships = (path: string) =>
      /^(?:README\.md|LICENSE)$/.test(path) ||
      files.some((pattern) => path === pattern || (pattern === 'docs/**/*.md' && /^docs\/.*\.md$/.test(path)))
    const targets = [...read('README.md').matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, target]) => target!)
    expect(targets.length).toBeGreaterThan(10)
    expect(targets.filter((target) => !existsSync(target) || !ships(target))).toEqual([])
  })

  it('builds nothing where it is installed', () => {
    const { scripts } = JSON.parse(read('package.json')) as { readonly scripts: Readonly<Record<string, string>> }
    for (const hook of ['preinstall', 'install', 'postinstall', 'prepare']) expect(scripts).not.toHaveProperty(hook)
  })

  it('keeps a change log of the form that it names', () => {
    const headings = [...read('CHANGELOG.md').matchAll(/^(##+ .+)$/gm)].map(([, heading]) => heading!)
    const form =
      /^(?:## \[(?:Unreleased|\d+\.\d+\.\d+)\](?: - \d{4}-\d\d-\d\d)?|### (?:Added|Changed|Deprecated|Removed|Fixed|Security))$/
    expect(headings.filter((heading) => !form.test(heading))).toEqual([])
    expect(headings[0]).toBe('## [Unreleased]')
  })
})

describe('the action for GitHub', () => {
  const { inputs, outputs, runs } = parse(read('action.yml'))

  it('is a composite one whose steps use what it takes', () => {
    expect(runs.using).toBe('composite')
    const used = [...JSON.stringify(runs.steps).matchAll(/inputs\.(\w+)/g)].map(([, name]) => name!)
    expect(used.sort()).toEqual(Object.keys(inputs).sort())
    expect(outputs.url.value).toContain(`steps.${runs.steps[0].id}.outputs.url`)
  })

  it('has a script that a shell can read', () => {
    const { status, stderr } = spawnSync('bash', ['-n'], { input: runs.steps[0].run, encoding: 'utf8' })
    expect([status, stderr]).toEqual([0, ''])
  })
})

describe('the image', () => {
  it('is made of what there is, and the compose file builds it', () => {
    const copied = [...read('Dockerfile').matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, files]) =>
      files!.split(' '),
    )
    expect(copied.filter((file) => !existsSync(file))).toEqual([])
    expect(parse(read('compose.yaml')).services.nextcloud).toMatchObject({ build: '.', ports: ['127.0.0.1:8080:8080'] })
  })
})
