/** What an account's very first request sees, and what its browser sees. */
import * as files from '#world/files/files.ts'
import { ask } from '../../support/dav.ts'
import { everyTransport, expect, it } from '../../support/ways.ts'

const seed = {
  users: [{ id: 'alice' }],
  shares: [{ type: 'user' as const, owner: 'admin', path: '/welcome.txt', with: 'alice' }],
}
const body =
  '<d:propfind xmlns:d="DAV:" xmlns:oc="http://owncloud.org/ns"><d:prop><d:quota-used-bytes/><oc:size/></d:prop></d:propfind>'

everyTransport('a home', { seed: { users: [{ id: 'alice' }] } }, (way) => {
  it('does not count what it begins with in the request that makes it', async () => {
    const look = async () => {
      const { text } = await ask(way, 'PROPFIND', '/remote.php/dav/files/alice/', {
        as: 'alice:alice',
        body,
        headers: { Depth: '0' },
      })
      return /used-bytes>(\d+)<.*size>(\d+)</.exec(text)?.slice(1)
    }
    expect(await look()).toEqual(['0', '0'])
    expect(await look()).toEqual(['31', '31'])
  })

  it('looks to a browser as something that cannot be shared', async () => {
    const asked =
      '<d:propfind xmlns:d="DAV:" xmlns:oc="http://owncloud.org/ns"><d:prop><oc:permissions/></d:prop></d:propfind>'
    const permissions = ({ text }: { text: string }) => /permissions>(\w+)</.exec(text)?.[1]
    const options = { body: asked, headers: { Depth: '0' } }
    expect(
      permissions(await ask(way, 'PROPFIND', '/remote.php/dav/files/alice/', { ...options, as: 'alice:alice' })),
    ).toBe('RGDNVCK')
    way.ocs.signIn('alice')
    expect(permissions(await ask(way, 'PROPFIND', '/remote.php/dav/files/alice/', options))).toBe('GDNVCK')
    expect(permissions(await ask(way, 'PROPFIND', '/remote.php/dav/files/alice/welcome.txt', options))).toBe('RGDNVW')
  })
})

everyTransport('a home that something was shared to before it was made', { seed }, (way) => {
  it('does not get a file of that name', async () => {
    await ask(way, 'PROPFIND', '/remote.php/dav/files/alice/', { as: 'alice:alice', headers: { Depth: '0' } })
    const { owner, node } = files.resolve(way.ocs.world, 'alice', '/welcome.txt')!
    expect([owner, files.resolve(way.ocs.world, 'alice', '/')!.node.size, node.size]).toEqual(['admin', 0, 31])
  })
})
