/** Translations that are laid over English messages. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe } from 'vitest'
import { readTexts } from '#adapters/read-texts.ts'
import { createOcsMock } from '#index.ts'
import type { Texts } from '#line/texts.ts'
import { directly, expect, it } from '../support/ways.ts'

const TEXTS: Texts = {
  de: {
    lib: { 'Logged in account must be an admin': 'Nur für Verwalter', 'View profile': 'Profil ansehen' },
    core: { Files: 'Falsche Dateien' },
    files: { Files: 'Dateien', 'You created {file}': '{file} hast du erstellt' },
    files_sharing: {
      'Unknown share type': 'Unbekannter Freigabetyp',
      'Cannot set expiration date more than %n days in the future': '',
      '_Cannot set expiration date more than %n day in the future_::_Cannot set expiration date more than %n days in the future_':
        ['Höchstens %n Tag', 'Höchstens %n Tage'],
    },
    user_status: { Commuting: 'Pendelt' },
  },
  de_DE: { user_status: { Commuting: 'Pendelt, mein Herr' } },
  fr: { user_status: { Commuting: 'En route' } },
}

const STATUSES = '/apps/user_status/api/v1/predefined_statuses'
const SHARES = '/apps/files_sharing/api/v1/shares'
const GRETA = { as: 'greta:greta' }
const BOB = { as: 'bob:bob' }
const users = [
  { id: 'greta', language: 'de' },
  { id: 'bob', lastLogin: 1 },
]

directly(
  'with texts laid over them, messages',
  { users },
  (way) => {
    /** What the status of somebody on the way is called. */
    const status = async (ask = {}, query = '') => {
      const { data } = await way.ask('GET', STATUSES + query, ask)
      return (data as { id: string; message: string }[]).find(({ id }) => id === 'commuting')?.message
    }

    it('come in the language of the account, failures and refusals too', async () => {
      expect(await status(GRETA)).toBe('Pendelt')
      const failed = await way.ask('POST', SHARES, { ...GRETA, form: { path: '/welcome.txt', shareType: '99' } })
      expect(failed.message).toBe('Unbekannter Freigabetyp')
      const refused = await way.ask('POST', '/apps/notifications/api/v2/admin_notifications/greta', {
        ...GRETA,
        form: { shortMessage: 'x' },
      })
      expect([refused.code, refused.message]).toEqual([403, 'Nur für Verwalter'])
    })

    it('come in what the request accepts where the account has no language, and English otherwise', async () => {
      const accepting = (language: string) => ({ ...BOB, headers: { 'Accept-Language': language } })
      expect(await status(BOB)).toBe('Commuting')
      expect(await status(accepting('xx, fr-CA;q=0.5'))).toBe('En route')
      expect(await status(BOB)).toBe('Commuting')
      expect(await status({ ...GRETA, headers: { 'Accept-Language': 'fr' } })).toBe('Pendelt')
    })

    it('come in the language that the first request of an account accepts from then on, or the first page', async () => {
      const inFrench = { 'Accept-Language': 'fr' }
      await way.ask('GET', '/cloud/user', { ...BOB, headers: inFrench })
      expect(await status(BOB)).toBe('En route')
      way.ocs.reset()
      expect(await status(BOB)).toBe('Commuting')
      const headers = { ...inFrench, Authorization: `Basic ${btoa(BOB.as)}` }
      expect((await way.fetch('/index.php/apps/files/', { headers })).status).toBe(200)
      expect(await status(BOB)).toBe('En route')
    })

    it('come in the language that the request or the instance forces, where the app has it', async () => {
      expect(await status(GRETA, '?forceLanguage=fr')).toBe('En route')
      expect(await status(GRETA, '?forceLanguage=es')).toBe('Pendelt')
      await way.ocs.occ('config:system:set force_language --value fr')
      expect(await status(GRETA)).toBe('En route')
    })

    it('come in the default language, and in formal German where that is German', async () => {
      await way.ocs.occ('config:system:set default_language --value de_DE')
      expect(await status(BOB)).toBe('Pendelt, mein Herr')
      expect(await status({ ...BOB, headers: { 'Accept-Language': 'de' } })).toBe('Pendelt, mein Herr')
    })

    it('have the values of the English ones, in another order, and the right form of a plural', async () => {
      const { data } = await way.ask('GET', '/apps/activity/api/v2/activity', GRETA)
      expect((data as { subject: string }[]).map(({ subject }) => subject)).toContain('welcome.txt hast du erstellt')
      for (const [days, message] of [
        ['1', 'Höchstens 1 Tag'],
        ['3', 'Höchstens 3 Tage'],
      ] as const) {
        await way.ocs.occ('config:app:set core shareapi_default_expire_date --value yes')
        await way.ocs.occ('config:app:set core shareapi_enforce_expire_date --value yes')
        await way.ocs.occ(`config:app:set core shareapi_expire_after_n_days --value ${days}`)
        const far = { path: '/welcome.txt', shareType: '3', expireDate: '2999-01-01' }
        expect((await way.ask('POST', SHARES, { ...GRETA, form: far })).message).toBe(message)
      }
    })

    it('are those of the app that speaks, and names that somebody gave stay as they are', async () => {
      const providers = (await way.ask('GET', '/search/providers', GRETA)).data as { id: string; name: string }[]
      expect(providers.find(({ id }) => id === 'files')?.name).toBe('Dateien')
      await way.ask('PUT', '/cloud/users/greta', { ...GRETA, form: { key: 'displayname', value: 'Commuting' } })
      expect((await way.ask('GET', '/cloud/user', GRETA)).data).toMatchObject({ displayname: 'Commuting' })
    })
  },
  { texts: TEXTS },
)

describe('texts of a folder', () => {
  const folder = mkdtempSync(join(tmpdir(), 'texts-'))
  const write = (path: string, text: string) => {
    mkdirSync(join(folder, path, '..'), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  beforeAll(() => {
    write('core/l10n/de.json', '{ "translations": { "Yes": "Ja" }, "pluralForm": "nplurals=2; plural=(n != 1);" }')
    write('apps/files/l10n/fr.json', '{ "translations": { "Files": "Fichiers" } }')
    write('apps/files/l10n/fr.js', 'no JSON')
    write('apps/broken/l10n/it.json', '{')
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  it('are those of a server by language and app, or those of one app', () => {
    const { de, fr } = readTexts(folder)
    expect(de).toEqual({ core: { Yes: 'Ja' } })
    expect(fr).toEqual({ files: { Files: 'Fichiers' } })
    expect(readTexts(join(folder, 'apps/files'))).toEqual({ fr: { files: { Files: 'Fichiers' } } })
  })

  it('fail in a sentence where there are none, or one that is no JSON', () => {
    expect(() => readTexts(join(folder, 'nowhere'))).toThrow('it has no file such as core/l10n/de.json or l10n/de.json')
    expect(() => readTexts(folder).it?.broken).toThrow(/Failed to read the texts .*broken\/l10n\/it\.json/)
  })

  it('have to be apps by language', () => {
    const wrong = { de: 'Deutsch' } as unknown as Texts
    expect(() => createOcsMock({ texts: wrong })).toThrow('Failed to read the texts of "de"')
  })
})
