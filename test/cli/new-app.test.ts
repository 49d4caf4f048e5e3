import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { XMLParser } from 'fast-xml-parser'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { main } from '#cli/main.ts'
import { findProfile } from '#profiles/index.ts'
import { recordedIo } from '../support/command-io.ts'

describe('ocs-mock new-app', () => {
  let folder: string

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ocs-mock-new-app-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  async function newApp(...args: string[]) {
    const io = recordedIo()
    return { code: await main(['new-app', ...args], io), ...io.text }
  }
  const read = (file: string) => readFileSync(join(folder, file), 'utf8')

  it('writes an app, its test and its info.xml, and says what to do next', async () => {
    const { code, out } = await newApp('book_shelf', '--to', folder)
    expect(code).toBe(0)
    expect(out).toContain(`npx ocs-mock serve --app-module ${join(folder, 'app.ts')}`)
    expect(readdirSync(folder, { recursive: true }).map(String).sort()).toEqual([
      'app.ts',
      'appinfo',
      'appinfo/info.xml',
      'book_shelf.test.ts',
      'capabilities.ts',
      'items.ts',
      'state.ts',
    ])
    for (const file of ['app.ts', 'items.ts', 'state.ts']) expect(read(file)).toMatch(/^import .* from 'ocs-mock'\n/)
  })

  it('says the same of the app to the fake and to a real server', async () => {
    const told = { name: 'The "Shelf"', summary: "Alice's <books> & more" }
    await newApp('book_shelf', '--to', folder, '--name', told.name, '--summary', told.summary)
    expect(read('app.ts')).toContain(
      `  name: 'The "Shelf"',\n  version: '1.0.0',\n  summary: 'Alice\\'s <books> & more',\n`,
    )
    const { info } = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '', parseTagValue: false }).parse(
      read('appinfo/info.xml'),
    )
    const major = String(findProfile().version[0])
    expect(info).toMatchObject({
      ...told,
      id: 'book_shelf',
      version: '1.0.0',
      namespace: 'BookShelf',
      dependencies: { nextcloud: { 'min-version': major, 'max-version': major } },
    })
  })

  it('writes into no folder that has something in it', async () => {
    writeFileSync(join(folder, 'mine.txt'), '')
    const { code, err } = await newApp('shelf', '--to', folder)
    expect([code, err]).toEqual([
      2,
      `ocs-mock: Failed to write to ${folder}: it is not empty. Name another folder with --to.\n`,
    ])
    expect(readdirSync(folder)).toEqual(['mine.txt'])
    const file = join(folder, 'mine.txt')
    expect((await newApp('shelf', '--to', file)).err).toContain('it is a file.')
    expect((await newApp('shelf', '--to', join(file, 'shelf'))).code).toBe(2)
  })

  it('makes folders that are not there', async () => {
    mkdirSync(join(folder, 'a'))
    expect((await newApp('shelf', '--to', join(folder, 'a', 'b', 'c'))).code).toBe(0)
    expect(existsSync(join(folder, 'a/b/c/app.ts'))).toBe(true)
  })

  it.each([
    [[], 'Write the id of one app.'],
    [['one', 'two'], 'Write the id of one app.'],
    [['Shelf'], 'an app id has lower-case letters, digits and underscores'],
    [['files_sharing'], 'Failed to add the app "files_sharing": there is one of that id.'],
  ])('refuses %j', async (args, message) => {
    const { code, err } = await newApp(...args, '--to', join(folder, 'new'))
    expect(code).toBe(2)
    expect(err).toContain(message)
    expect(readdirSync(folder)).toEqual([])
  })
})
