import { describe, expect, it } from 'vitest'
import { createOcsMock, loadProfile, profileMatrix, profileNames } from '#index.ts'
import { nearestProfile } from '#profiles/nearest.ts'

const headers = { Authorization: `Basic ${btoa('admin:admin')}`, 'OCS-APIRequest': 'true', Accept: 'application/json' }

async function ask(profile: string, path: string, init: RequestInit = {}) {
  const ocs = createOcsMock({ profile: await loadProfile(profile) })
  const response = await ocs.fetch(`http://localhost${path}`, { ...init, headers: { ...headers, ...init.headers } })
  return { status: response.status, json: await response.json() }
}

describe('a profile that is loaded when it is chosen', () => {
  it('cannot be named where nothing can be awaited, which is said with what to write', () => {
    expect(() => createOcsMock({ profile: 'nextcloud-33' })).toThrow("profile: await loadProfile('nextcloud-33')")
  })

  it('is known by its name, and an unknown one is an error with all names', async () => {
    expect(profileNames).toContain('nextcloud-27')
    await expect(loadProfile('nextcloud-5')).rejects.toThrow(profileNames.join(', '))
  })

  it.each([
    ['nextcloud-33', '33.0.0', '33.0.0.16'],
    ['nextcloud-32', '32.0.2', '32.0.2.2'],
    ['nextcloud-27', '27.1.10 RC1', '27.1.10.0'],
  ])('%s says in status.php and in its capabilities which version it is', async (profile, text, version) => {
    const status = await ask(profile, '/status.php')
    const { json } = await ask(profile, '/ocs/v2.php/cloud/capabilities?format=json')

    expect(status.json).toMatchObject({ version, versionstring: text })
    expect(json.ocs.data.version).toMatchObject({ major: Number(text.slice(0, 2)), string: text })
  })
})

describe('a folder', () => {
  const FILES = { ben: { '/second.txt': 'b', '/first.txt': 'a' } }
  const listed = async (profile: string) => {
    const ocs = createOcsMock({ profile: await loadProfile(profile), seed: { users: ['ben'], files: FILES } })
    const response = await ocs.fetch('http://localhost/remote.php/dav/files/ben/', {
      method: 'PROPFIND',
      headers: { Authorization: `Basic ${btoa('ben:ben')}`, Depth: '1' },
    })
    return [...(await response.text()).matchAll(/(first|second)\.txt<\/d:href>/g)].map(([, name]) => name)
  }

  it('is listed by names up to 33, and by age since 34', async () => {
    expect(await listed('nextcloud-33')).toEqual(['first', 'second'])
    expect(await listed('nextcloud-34')).toEqual(['second', 'first'])
  })
})

describe('nextcloud-33', () => {
  it('takes a limit of nothing for none, which later releases do not take', async () => {
    const groupsOf = async (profile: string) =>
      (await ask(profile, '/ocs/v2.php/cloud/groups?format=json&limit=0')).json.ocs
    expect((await groupsOf('nextcloud-33')).data).toEqual({ groups: ['admin'] })
    expect((await groupsOf('nextcloud-34')).meta.statuscode).toBe(996)
  })

  it('makes local teams, which later releases do not make', async () => {
    const made = async (profile: string) =>
      (
        await ask(profile, '/ocs/v2.php/apps/circles/circles?format=json', {
          method: 'POST',
          body: new URLSearchParams({ name: 'Crew', local: '1' }),
        })
      ).json.ocs
    expect((await made('nextcloud-33')).data).toMatchObject({ config: 4096 })
    expect((await made('nextcloud-34')).meta.message).toBe('circle configuration not supported')
  })

  it('says that no link has fewer than one download left, where later releases break', async () => {
    const told = async (profile: string) => {
      const ocs = createOcsMock({
        profile: await loadProfile(profile),
        seed: {
          users: ['ben'],
          files: { ben: { '/a.txt': 'a' } },
          shares: [{ owner: 'ben', path: '/a.txt', type: 'link', token: 'linktoken' }],
        },
      })
      const response = await ocs.fetch(
        'http://localhost/ocs/v2.php/apps/files_downloadlimit/api/v1/linktoken/limit?format=json',
        {
          method: 'PUT',
          headers: { ...headers, Authorization: `Basic ${btoa('ben:ben')}` },
          body: new URLSearchParams({ limit: '0' }),
        },
      )
      return (await response.json()).ocs.meta
    }
    expect(await told('nextcloud-33')).toMatchObject({
      statuscode: 400,
      message: 'Limit needs to be greater or equal than 1',
    })
    expect(await told('nextcloud-34')).toMatchObject({ statuscode: 996 })
  })
})

describe('an id of an account', () => {
  it.each([
    ['nextcloud-27', 255, 'Bad request'],
    ['nextcloud-34', 64, 'Username is too long'],
  ])('of %s has %i characters at most', async (profile, most, message) => {
    const added = async (length: number) => {
      const body = new URLSearchParams({ userid: 'x'.repeat(length), password: 'Long-enough-77', displayName: 'X' })
      return (await ask(profile, '/ocs/v2.php/cloud/users?format=json', { method: 'POST', body })).json.ocs
    }
    expect((await added(most)).data).toEqual({ id: 'x'.repeat(most) })
    expect((await added(most + 1)).meta).toMatchObject({ statuscode: 101, message })
  })
})

describe('a team of 32', () => {
  it('says nothing of who is in it through others, as later ones do', async () => {
    const made = async (profile: string) => {
      const body = new URLSearchParams({ name: 'Crew' })
      return (await ask(profile, '/ocs/v2.php/apps/circles/circles?format=json', { method: 'POST', body })).json.ocs
        .data
    }
    expect(await made('nextcloud-32')).not.toHaveProperty('populationInherited')
    expect(await made('nextcloud-33')).toHaveProperty('populationInherited', 0)
  })
})

describe('a release that documents tell of', () => {
  it('has what came up to it, and not what came later', async () => {
    const statusOf = async (profile: string, path: string) => (await ask(profile, path)).status

    expect(await statusOf('nextcloud-30', '/ocs/v2.php/taskprocessing/tasktypes')).toBe(200)
    expect(await statusOf('nextcloud-29', '/ocs/v2.php/taskprocessing/tasktypes')).toBe(404)
    expect(await statusOf('nextcloud-29', '/ocs/v2.php/settings/api/declarative/forms')).toBe(200)
    expect(await statusOf('nextcloud-28', '/ocs/v2.php/settings/api/declarative/forms')).toBe(404)
  })

  it('says that no server was measured', async () => {
    expect((await loadProfile('nextcloud-30')).knownBy).toBe('unverified')
    expect((await loadProfile('nextcloud-27')).knownBy).toBe('measurement')
  })
})

describe('what a release does not have', () => {
  it('is unknown there: an operation that came later', async () => {
    const path = '/ocs/v2.php/taskprocessing/queue_stats'

    expect((await ask('nextcloud-34', path)).status).toBe(200)
    expect((await ask('nextcloud-33', path)).json.ocs.meta.statuscode).toBe(998)
  })

  it('is unknown there: an app that came later', async () => {
    const { json } = await ask('nextcloud-33', '/ocs/v2.php/cloud/apps')

    expect(json.ocs.data.apps).not.toContain('appstore')
    expect((await ask('nextcloud-33', '/ocs/v2.php/apps/appstore/api/v1/apps')).status).toBe(404)
  })

  it('is no capability', async () => {
    const dav = async (profile: string) =>
      (await ask(profile, '/ocs/v2.php/cloud/capabilities')).json.ocs.data.capabilities.dav

    expect(await dav('nextcloud-34')).toHaveProperty('search_supports_creation_time')
    expect(await dav('nextcloud-33')).not.toHaveProperty('search_supports_creation_time')
  })

  it('does not limit what it came to limit', async () => {
    expect((await ask('nextcloud-34', '/ocs/v2.php/cloud/users?limit=-1')).status).toBe(500)
    expect((await ask('nextcloud-33', '/ocs/v2.php/cloud/users?limit=-1')).status).toBe(200)
  })

  it('says it in the words of that release', async () => {
    const filter = '/ocs/v2.php/cloud/apps?filter=q'

    expect((await ask('nextcloud-34', filter)).json.ocs.meta.message).toBe('Invalid filter')
    expect((await ask('nextcloud-33', filter)).json.ocs.meta.message).toBe('')
  })
})

describe('a parameter of the wrong kind', () => {
  const wrong = {
    method: 'POST',
    body: JSON.stringify({ groupid: ['list'] }),
    headers: { 'Content-Type': 'application/json' },
  }

  it('is an empty 400 since 33, and an internal server error before', async () => {
    const ocs = createOcsMock({ profile: await loadProfile('nextcloud-33') })
    const older = createOcsMock({ profile: await loadProfile('nextcloud-32') })
    const post = (mock: typeof ocs) =>
      mock.fetch('http://localhost/ocs/v2.php/cloud/groups', { ...wrong, headers: { ...headers, ...wrong.headers } })

    expect((await post(ocs)).status).toBe(400)
    expect((await post(older)).status).toBe(500)
  })
})

describe('a matrix of profiles', () => {
  it('has the releases of a product, the newest first', () => {
    expect(profileMatrix('nextcloud').map(({ release }) => release)).toEqual([34, 33, 32, 31, 30, 29, 28, 27])
    expect(profileMatrix('nextcloud', { from: 32 }).map(({ name }) => name)).toEqual([
      'nextcloud-34',
      'nextcloud-33',
      'nextcloud-32',
    ])
  })

  describe.each(profileMatrix('nextcloud'))('on $name', ({ load, release }) => {
    it('tells its release', async () => {
      const ocs = createOcsMock({ profile: await load() })
      const response = await ocs.fetch('http://localhost/status.php')

      expect((await response.json()).version).toMatch(new RegExp(`^${release}\\.`))
    })
  })
})

describe('the nearest profile', () => {
  it.each([
    ['Nextcloud', '34.0.1', 'nextcloud-34'],
    ['Nextcloud', '40.0.0', 'nextcloud-34'],
    ['Nextcloud', '33.0.2', 'nextcloud-33'],
    ['Nextcloud', '30.0.6', 'nextcloud-30'],
    ['ownCloud', '10.15.0', 'owncloud-10'],
    ['Nextcloud', '22.2.10', 'nextcloud-27'],
    ['My own cloud', 'of an unknown version', 'nextcloud-34'],
  ])('to %s %s is %s', (product, version, expected) => {
    expect(nearestProfile(product, version)).toBe(expected)
  })
})
