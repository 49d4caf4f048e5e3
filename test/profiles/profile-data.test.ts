import { describe, expect, it } from 'vitest'
import { createOcsMock, defineApp, defineCapabilities, defineEndpoint, defineProfileData, profiles, s } from '#core.ts'
import { InternalError, UserError } from '#lib/errors.ts'
import { findProfile } from '#profiles/index.ts'
import { operations } from '#profiles/keys.ts'
import { openProfile, type ProfileDefinition } from '#profiles/profile.ts'

const words = defineProfileData<readonly string[]>('words')
const nextcloud = findProfile()
const withWords = (load: () => Promise<unknown>): ProfileDefinition => ({
  ...nextcloud,
  id: 'mine',
  data: { ...nextcloud.data, words: load },
})

/** An app that reads words in an endpoint and in its capabilities. */
function readers(lists: { app?: boolean; endpoint?: boolean; capabilities?: boolean }) {
  const given = (listed = false) => (listed ? { data: [words] } : {})
  return defineApp('readers', {
    ...given(lists.app),
    endpoints: [
      defineEndpoint({
        id: 'readers-list',
        app: 'readers',
        method: 'GET',
        path: '/apps/readers/words',
        access: 'user',
        summary: 'Words of the profile',
        output: s.list(s.string()),
        ...given(lists.endpoint),
        handle: ({ profile, ok }) => ok(words.of(profile)),
      }),
    ],
    capabilities: [
      defineCapabilities({
        public: true,
        ...given(lists.capabilities),
        build: ({ profile }) => ({ readers: { words: words.of(profile) } }),
      }),
    ],
  })
}

const ask = async ({ fetch }: Pick<ReturnType<typeof createOcsMock>, 'fetch'>, path: string) => {
  const headers = { Authorization: `Basic ${btoa('admin:admin')}`, 'OCS-APIRequest': 'true' }
  const response = await fetch(`http://localhost/ocs/v2.php${path}?format=json`, { headers })
  return ((await response.json()) as { ocs: { data: never } }).ocs.data
}

describe('data of a profile', () => {
  it.each([{ app: true }, { endpoint: true }])('are there for an endpoint where %o lists them', async (lists) => {
    const profile = withWords(async () => ['one', 'two'])
    expect(await ask(createOcsMock({ profile, apps: [readers(lists)] }), '/apps/readers/words')).toEqual(['one', 'two'])
  })

  it('are there for a contribution that lists them', async () => {
    const profile = withWords(async () => ['one'])
    const { capabilities } = await ask(
      createOcsMock({ profile, apps: [readers({ capabilities: true })] }),
      '/cloud/capabilities',
    )
    expect(capabilities).toHaveProperty('readers', { words: ['one'] })
  })

  it('are an error for whoever does not list them, loaded or not, that says where to list them', async () => {
    const ocs = createOcsMock({ profile: withWords(async () => []), apps: [readers({ capabilities: true })] })
    await ask(ocs, '/cloud/capabilities')
    const reading = ask(ocs, '/apps/readers/words')
    await expect(reading).rejects.toThrow(InternalError)
    await expect(reading).rejects.toThrow(
      'readers-list, of the app readers, reads the profile data "words" and does not list them. ' +
        'Add their key to "data" of the app, in handlers/readers/app.ts, or of the endpoint.',
    )
    await expect(
      ask(createOcsMock({ profile: nextcloud, apps: [readers({ app: true })] }), '/cloud/capabilities'),
    ).rejects.toThrow('One of the capabilities of the app readers reads the profile data "words"')
  })

  it('are loaded once for a mock and its forks, and once more for another mock', async () => {
    let loaded = 0
    const profile = withWords(async () => [String(++loaded)])
    const ocs = createOcsMock({ profile, apps: [readers({ app: true })] })
    expect(loaded).toBe(0)
    await ask(ocs, '/apps/readers/words')
    expect(await ask(ocs.fork(), '/apps/readers/words')).toEqual(['1'])
    expect(await ask(createOcsMock({ profile, apps: [readers({ app: true })] }), '/apps/readers/words')).toEqual(['2'])
  })

  it('are asked for again where they could not be loaded', async () => {
    let attempts = 0
    const profile = withWords(async () => {
      if (++attempts === 1) throw new Error('offline')
      return ['there']
    })
    const ocs = createOcsMock({ profile, apps: [readers({ endpoint: true })] })
    await expect(ask(ocs, '/apps/readers/words')).rejects.toThrow('offline')
    expect(await ask(ocs, '/apps/readers/words')).toEqual(['there'])
  })

  it('are named where a profile has none', async () => {
    const profile = openProfile(nextcloud)
    await expect(words.load(profile)).rejects.toThrow(UserError)
    await expect(words.load(profile)).rejects.toThrow('The profile "nextcloud-34" has no data "words".')
    expect(() => words.of(profile)).toThrow('The profile data "words" are read before they are loaded.')
  })

  it('need not be there where something else does as well', async () => {
    const bare = openProfile({ ...nextcloud, data: {} })
    expect(await operations.load(bare)).toEqual([])
    expect(operations.of(bare)).toEqual([])
  })
})

describe('a shipped profile', () => {
  it.each(Object.entries(profiles))('%s loads all its data', async (_, { data }) => {
    for (const load of Object.values(data))
      expect(await load()).toBeTypeOf(load === data['release-name'] ? 'string' : 'object')
  })
})
