import * as files from '#world/files/files.ts'
import { directly, expect, it } from '../../support/ways.ts'

const SEED = { users: [{ id: 'alice', password: 'secret' }], files: { alice: { '/docs/a.md': 'a' } } }

directly('conversion', SEED, (way) => {
  const convert = (fileId: number, destination?: string) =>
    way.ask('POST', '/apps/files/api/v1/convert', {
      as: 'alice:secret',
      json: { fileId, targetMimeType: 'application/pdf', ...(destination ? { destination } : {}) },
    })
  const idOf = (path: string) => files.resolve(way.ocs.world, 'alice', path)!.node.id

  way.inEveryWay('is done by nobody, for a release has no converter', async () => {
    const answer = await convert(idOf('/docs/a.md'))
    expect([answer.code, answer.message]).toEqual([999, 'The file could not be converted.'])
  })

  it('needs a file and a place for the result', async () => {
    const folder = await convert(idOf('/docs'))
    expect([folder.code, folder.message]).toEqual([404, 'The file cannot be found'])
    const nowhere = await convert(idOf('/docs/a.md'), '/none/a.pdf')
    expect([nowhere.code, nowhere.message]).toEqual([404, 'The destination path does not exist: /none'])
  })
})

const SHARED = {
  ...SEED,
  users: [...SEED.users, { id: 'bob', password: 'secret' }],
  shares: [{ type: 'user' as const, owner: 'alice', path: '/docs', with: 'bob', permissions: 1 }],
}

directly('conversion in a folder that may only be read', SHARED, (way) => {
  it('is refused', async () => {
    const fileId = files.resolve(way.ocs.world, 'bob', '/docs/a.md')!.node.id
    const json = { fileId, targetMimeType: 'application/pdf', destination: '/docs/a.pdf' }
    const answer = await way.ask('POST', '/apps/files/api/v1/convert', { as: 'bob:secret', json })
    expect([answer.code, answer.message]).toEqual([
      403,
      'You do not have permission to create a file at the specified location',
    ])
  })
})
