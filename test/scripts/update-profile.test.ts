import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createOcsMock, type OcsMock } from '#index.ts'
import { type Json, PARTS, type Source } from '#profiles/reading/parts.ts'
import { updateProfile } from '../../scripts/profile/update.ts'

const PROFILE = new URL('../../fixtures/profiles/nextcloud-34/', import.meta.url)

type Rows = Array<{ [key: string]: Json }>

let folder: URL
let ocs: OcsMock

beforeEach(() => {
  const copy = mkdtempSync(join(tmpdir(), 'ocs-mock-profile-'))
  cpSync(PROFILE, copy, { recursive: true })
  folder = pathToFileURL(`${copy}/`)
  ocs = createOcsMock()
})

afterEach(() => rmSync(folder, { recursive: true }))

/** The fake in the part of the server from which a maintainer updates. */
function sourceOf(mock: OcsMock): Source {
  const headers = {
    Authorization: `Basic ${btoa('admin:admin')}`,
    'OCS-APIRequest': 'true',
    Accept: 'application/json',
  }
  return {
    async ocs(path) {
      const response = await mock.fetch(`http://localhost/ocs/v2.php${path}`, { headers })
      if (!response.ok) throw new Error(`GET ${path} was answered with ${response.status}.`)
      return ((await response.json()) as { ocs: { data: Json } }).ocs.data
    },
    occ: async (...args) => (await mock.occ(args)).stdout,
  }
}

const read = (file: string) => JSON.parse(readFileSync(new URL(file, folder), 'utf8'))
const write = (file: string, json: Json) => writeFileSync(new URL(file, folder), JSON.stringify(json))

describe('updating a profile from a server', () => {
  it('changes nothing where the server is the one that the profile describes', async () => {
    const changes = await updateProfile([folder], sourceOf(ocs), { write: true })

    expect(changes).toEqual(PARTS.map(({ file }) => ({ file, outcome: 'the same' })))
  })

  it.each<[string, (rows: Rows) => Json]>([
    ['apps.json', (apps) => apps.filter(({ id }) => id !== 'photos')],
    ['app-info.json', (info) => ({ ...info, photos: {} })],
    ['circles.json', (teams) => ({ ...teams, teamResourceProviders: [] })],
    ['declarative-forms.json', ([form, ...rest]) => [{ ...form!, priority: 11 }, ...rest]],
    ['direct-editing.json', (editing) => ({ ...editing, creators: {} })],
    ['navigation.json', ([entry, ...rest]) => [{ ...entry!, name: 'Something' }, ...rest]],
    ['predefined-statuses.json', (statuses) => statuses.slice(1)],
    ['search-providers.json', (providers) => providers.slice(1)],
    ['template-creators.json', () => []],
    ['occ.json', (commands) => commands.map((c) => (c.name === 'app:list' ? { ...c, description: 'Something' } : c))],
  ])('brings back what %s lost', async (file, spoil) => {
    const original = read(file)
    write(file, spoil(original))

    const changes = await updateProfile([folder], sourceOf(ocs), { write: true })

    expect(changes.filter(({ outcome }) => outcome === 'changed')).toEqual([{ file, outcome: 'changed' }])
    expect(sorted(read(file))).toEqual(sorted(original))
  })

  it('only says what would change where nothing may be written', async () => {
    write('template-creators.json', [])

    const changes = await updateProfile([folder], sourceOf(ocs), { write: false })

    expect(changes).toContainEqual({ file: 'template-creators.json', outcome: 'changed' })
    expect(read('template-creators.json')).toEqual([])
  })

  it('leaves commands alone where nobody said how to run occ', async () => {
    const changes = await updateProfile([folder], { ...sourceOf(ocs), occ: null }, { write: true })

    expect(changes).toContainEqual({ file: 'occ.json', outcome: 'left alone: it needs --occ' })
  })

  it('names the file that a server refused to fill', async () => {
    await ocs.occ('app:disable text')
    await ocs.occ('app:disable user_status')

    const update = updateProfile([folder], sourceOf(ocs), { write: true })

    await expect(update).rejects.toThrow(
      'predefined-statuses.json: GET /apps/user_status/api/v1/predefined_statuses was answered with 404.',
    )
  })
})

/** The order of new entries is theirs; what matters is that each is there. */
function sorted(json: Json): Json {
  return Array.isArray(json) ? json.map((row) => JSON.stringify(row)).sort() : json
}
