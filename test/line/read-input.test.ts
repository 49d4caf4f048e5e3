import { describe, expect, it } from 'vitest'
import { mergeParameters } from '#line/read-input.ts'
import * as files from '#world/files/files.ts'
import { directly, expect as expectAnswer, it as itAsks } from '../support/ways.ts'

describe('parameters of one name', () => {
  const query = { a: 'query', b: 'query', c: 'query', d: 'query' }
  const post = { b: 'POST', c: 'POST', d: 'POST' }
  const path = { c: 'path', d: 'path' }
  const params = { d: 'JSON' }

  it('are taken from JSON, the path, a POSTed form, or the query, in this order', () => {
    expect(mergeParameters(query, { post, params, uploads: {} }, path)).toEqual({
      a: 'query',
      b: 'POST',
      c: 'path',
      d: 'JSON',
    })
  })

  it('come from where there are some', () => {
    const nothing = { post: {}, params: {}, uploads: {} }
    expect(mergeParameters(query, nothing, {})).toEqual(query)
    expect(mergeParameters({}, nothing, path)).toEqual(path)
  })
})

const SEED = {
  users: ['alice', 'bob'].map((id) => ({ id, password: id })),
  groups: ['staff'],
  files: { alice: { '/a.txt': 'a', '/b.txt': 'b' } },
}

directly('a request that names something in its path and elsewhere', SEED, (way) => {
  const idOf = (path: string) => String(files.resolve(way.ocs.world, 'alice', path)!.node.id)
  const reminder = (id: string) => `/apps/files_reminders/api/v1/${id}`

  itAsks('means the path against a query or a POSTed form', async () => {
    const form = { userId: 'alice', groupid: 'staff' }
    await way.ask('POST', '/cloud/users/bob/groups?userId=alice', { as: 'admin:admin', form })
    const members = await way.ask('GET', '/cloud/groups/staff/users', { as: 'admin:admin' })
    members.expectData({ users: ['bob'] })
  })

  itAsks('means the body against the path, where the operation takes the name as its parameter', async () => {
    const json = { fileId: idOf('/b.txt'), dueDate: '2100-01-01T00:00:00Z' }
    expectAnswer((await way.ask('PUT', reminder(idOf('/a.txt')), { as: 'alice:alice', json })).code).toBe(201)
    const dueDate = async (path: string) => (await way.ask('GET', reminder(idOf(path)), { as: 'alice:alice' })).data
    expectAnswer(await dueDate('/a.txt')).toEqual({ dueDate: null })
    expectAnswer(await dueDate('/b.txt')).toEqual({ dueDate: '2100-01-01T00:00:00+00:00' })
  })
})
