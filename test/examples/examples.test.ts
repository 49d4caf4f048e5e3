/** What every example has; `npm run examples` runs them. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../', import.meta.url))
const names = readdirSync(`${root}examples`)

interface Manifest {
  readonly version?: string
  readonly scripts?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
}
const manifestAt = (folder: string): Manifest => JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'))
const project = manifestAt(root)

describe.each(names)('examples/%s', (name) => {
  const folder = `${root}examples/${name}`

  it('says what it is', () => {
    expect(readFileSync(`${folder}/README.md`, 'utf8')).toMatch(/^# /)
  })

  it('has tests, or workflows that are tested here', () => {
    if (existsSync(`${folder}/package.json`)) expect(manifestAt(folder).scripts?.test).toBeDefined()
    else expect(existsSync(`${root}test/examples/${name}.test.ts`)).toBe(true)
  })

  it('names packages in the versions that it is tried with', () => {
    if (!existsSync(`${folder}/package.json`)) return
    const { devDependencies = {} } = manifestAt(folder)
    const { 'ocs-mock': ours, ...others } = devDependencies
    expect(ours).toBe(`^${project.version}`)
    expect(project.devDependencies).toMatchObject(others)
  })
})
