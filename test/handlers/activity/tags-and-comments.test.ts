import { resolve } from '#world/files/files.ts'
import { ask, type DavAsk } from '../../support/dav.ts'
import { directly, expect, it } from '../../support/ways.ts'

const SEED = {
  users: [
    { id: 'alice', password: 'alice', displayName: 'Alice A.' },
    { id: 'bob', password: 'bob' },
  ],
  files: { alice: { '/S/a.txt': 'x' } },
  shares: [{ type: 'user' as const, owner: 'alice', path: '/S', with: 'bob' }],
  tags: [{ name: 'seeded', files: { alice: ['/S/a.txt'] } }],
}
const JSON_TYPE = { 'Content-Type': 'application/json' }
const change = (props: string) =>
  `<d:propertyupdate xmlns:d="DAV:" xmlns:oc="http://owncloud.org/ns" xmlns:nc="http://nextcloud.org/ns"><d:set><d:prop>${props}</d:prop></d:set></d:propertyupdate>`

interface Line {
  readonly app: string
  readonly subject: string
  readonly subject_rich: readonly [string, Readonly<Record<string, Readonly<Record<string, string>>>>]
  readonly message: string
  readonly message_rich: readonly [string, unknown]
}

directly('activities of tags and comments', SEED, (way) => {
  const dav = (as: string, method: string, path: string, asked: DavAsk = {}) =>
    ask(way, method, `/remote.php/dav${path}`, { as: `${as}:${as}`, ...asked })
  const fileId = () => resolve(way.ocs.world, 'alice', '/S/a.txt')!.node.id
  const linesOf = async (as: string, query = '') => {
    const answer = await way.ask('GET', `/apps/activity/api/v2/activity${query}`, { as: `${as}:${as}` })
    return (answer.data as Line[]).filter(({ app }) => app === 'systemtags' || app === 'comments')
  }
  const subjects = async (as: string, query = '') => (await linesOf(as, query)).map(({ subject }) => subject)
  const about = () => `/filter?object_type=files&object_id=${fileId()}`
  const create = async (as: string, tag: Readonly<Record<string, unknown>>) => {
    const made = await dav(as, 'POST', '/systemtags', { body: JSON.stringify(tag), headers: JSON_TYPE })
    return made.headers.get('Content-Location')!.split('/').at(-1)!
  }
  const relation = (id: string) => `/systemtags-relations/files/${fileId()}/${id}`
  const write = (as: string, message: string) =>
    dav(as, 'POST', `/comments/files/${fileId()}`, {
      body: JSON.stringify({ actorType: 'users', verb: 'comment', message }),
      headers: JSON_TYPE,
    })

  it('tell administrators what becomes of tags, once for each change that is asked for', async () => {
    const id = await create('alice', { name: 'red' })
    await dav('admin', 'PROPPATCH', `/systemtags/${id}`, {
      body: change('<oc:display-name>green</oc:display-name><oc:user-assignable>false</oc:user-assignable>'),
    })
    await dav('admin', 'PROPPATCH', `/systemtags/${id}`, { body: change('<nc:color>00ff00</nc:color>') })
    await dav('admin', 'DELETE', `/systemtags/${id}`)
    expect(await subjects('admin')).toEqual([
      'You deleted system tag green (restricted)',
      'You updated system tag green (restricted) to green (restricted)',
      'You updated system tag red to green (restricted)',
      'Alice A. created system tag red',
    ])
    expect((await linesOf('admin')).at(-1)!.subject_rich).toEqual([
      '{actor} created system tag {systemtag}',
      {
        actor: { type: 'user', id: 'alice', name: 'Alice A.' },
        systemtag: { type: 'systemtag', id, name: 'red', assignable: '1', visibility: '1' },
      },
    ])
    expect(await subjects('alice')).toEqual([])
  })

  it('leave in mind which tags an account used last', async () => {
    const used = async (as: string) => {
      const headers = { Authorization: `Basic ${btoa(`${as}:${as}`)}`, 'OCS-APIRequest': 'true' }
      return (await way.fetch('/index.php/apps/systemtags/lastused', { headers })).json()
    }
    const [red, blue] = [await create('alice', { name: 'red' }), await create('alice', { name: 'blue' })]
    expect(await used('alice')).toEqual([blue, red])
    await dav('alice', 'PUT', relation(red))
    await dav('bob', 'DELETE', relation(red))
    expect([await used('alice'), await used('bob')]).toEqual([[red, blue], []])
  })

  it('tell everybody who sees a file which tags it gets and loses, as far as they see these', async () => {
    const red = await create('alice', { name: 'red' })
    await create('admin', { name: 'hidden', userVisible: false, userAssignable: false })
    await dav('alice', 'PUT', relation(red))
    await dav('bob', 'DELETE', relation(red))
    await way.ocs.occ(['tag:files:add', 'alice/files/S/a.txt', 'hidden', 'invisible'])
    await way.ocs.occ(['tag:files:add', 'alice/files/S/a.txt', 'red', 'public'])
    expect(await subjects('alice')).toEqual([
      'System tag red was added to S/a.txt by the system',
      'bob removed system tag red from S/a.txt',
      'You added system tag red to S/a.txt',
    ])
    expect(await subjects('bob', about())).toEqual([
      'System tag red added by the system',
      'Removed system tag red',
      'Alice A. added system tag red',
    ])
    expect((await linesOf('bob', about()))[0]!.subject_rich[0]).toBe('Added system tag {systemtag}')
  })

  it('tell everybody who sees a file who commented on it, and what the comment says by now', async () => {
    const made = await write('alice', 'Hello @bob')
    const path = `/comments/files/${made.headers.get('Content-Location')!.split('/files/')[1]}`
    await write('bob', 'gone soon').then((gone) =>
      dav('bob', 'DELETE', `/comments/files/${gone.headers.get('Content-Location')!.split('/files/')[1]}`),
    )
    expect(await linesOf('bob')).toMatchObject([
      { subject: 'You commented on S/a.txt', message: '', message_rich: ['', []] },
      {
        subject: 'Alice A. commented on S/a.txt',
        message: 'Hello @bob',
        message_rich: ['Hello {mention1}', { mention1: { type: 'user', id: 'bob', name: 'bob' } }],
      },
    ])
    expect(await subjects('bob', about())).toEqual(['You commented', '@Alice A. commented'])
    await dav('alice', 'PROPPATCH', path, { body: change('<oc:message>Changed</oc:message>') })
    expect((await linesOf('alice')).at(-1)).toMatchObject({ message: 'Changed' })
  })
})
