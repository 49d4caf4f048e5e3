import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { AppModules } from '#cli/app-module.ts'
import { createOcsMock } from '#core.ts'
import { SHELF_DOCUMENT } from '../openapi/shelf.ts'

const INFO = `<?xml version="1.0"?>
<info xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  <id>bookshelf</id>
  <name>Shelf &amp; Co</name>
  <name lang="de">Regal</name>
  <version>3.4.5</version>
  <dependencies><nextcloud min-version="30" max-version="34"/></dependencies>
</info>`

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ocs-mock-app-folder-'))
  mkdirSync(join(folder, 'appinfo'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const write = (name: string, text: string) => writeFileSync(join(folder, name), text)
const read = () => new AppModules({ openapi: [folder] }).read()

describe('the checkout of an app', () => {
  it('becomes an app of the name and version that it says', async () => {
    write('appinfo/info.xml', INFO)
    write('openapi.json', JSON.stringify(SHELF_DOCUMENT))
    const apps = await read()
    expect(apps[0]!.info).toMatchObject({ id: 'bookshelf', name: 'Shelf & Co', version: '3.4.5' })
    const ocs = createOcsMock({ apps })
    expect((await ocs.occ('app:list --output=json')).stdout).toContain('"bookshelf":"3.4.5"')
  })

  it('is known by the document of everybody, where it has one', async () => {
    write('appinfo/info.xml', INFO)
    write('openapi.json', '{}')
    write('openapi-full.json', JSON.stringify(SHELF_DOCUMENT))
    expect((await read())[0]!.endpoints.length).toBeGreaterThan(10)
  })

  it.each([
    ['no info.xml', {}, 'info.xml: ENOENT'],
    ['a broken info.xml', { 'appinfo/info.xml': '<info><id>x</info>' }, 'info.xml: line 1: '],
    ['no id', { 'appinfo/info.xml': '<info/>' }, 'it has no <id> in its <info>.'],
    ['no document', { 'appinfo/info.xml': INFO }, 'there is none of openapi-full.json, openapi.json.'],
    ['no JSON', { 'appinfo/info.xml': INFO, 'openapi.json': '{' }, 'openapi.json: '],
  ])('with %s is refused in words', async (_, files, problem) => {
    for (const [name, text] of Object.entries(files)) write(name, text)
    await expect(read()).rejects.toThrow(problem)
  })
})
