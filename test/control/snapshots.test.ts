import { expect, it } from 'vitest'
import { Control } from './support.ts'

it('brings a world back to where it was, as often as one likes', async () => {
  const control = new Control()
  await control.ask('POST', '/reset', { json: { groups: ['kept'] } })
  const taken = await control.ask('POST', '/snapshots/with group')
  expect(taken).toMatchObject({ status: 200, body: { name: 'with group' } })
  for (let i = 0; i < 2; i++) {
    await control.ask('POST', '/reset')
    expect(await control.groups()).toEqual(['admin'])
    expect((await control.ask('POST', '/snapshots/with%20group/restore')).status).toBe(200)
    expect(await control.groups()).toEqual(['admin', 'kept'])
  }
})

it('lists, shows and forgets snapshots', async () => {
  const control = new Control()
  expect((await control.ask('POST', '/snapshots', { json: { name: 'a' } })).body.name).toBe('a')
  expect((await control.ask('POST', '/snapshots')).body.name).toBe('snapshot-2')
  const { body } = await control.ask('GET', '/snapshots')
  expect(body.snapshots.map(({ name }: { name: string }) => name)).toEqual(['a', 'snapshot-2'])
  expect((await control.ask('GET', '/snapshots/a')).body.tables.groups).toHaveProperty('admin')
  expect((await control.ask('DELETE', '/snapshots/a')).status).toBe(200)
  expect(await control.ask('POST', '/snapshots/a/restore')).toEqual({
    status: 404,
    body: { error: 'There is no snapshot "a". There are: snapshot-2.' },
  })
  await control.ask('DELETE', '/snapshots')
  expect((await control.ask('GET', '/snapshots')).body).toEqual({ snapshots: [] })
})

it('keeps the snapshots of worlds apart', async () => {
  const control = new Control()
  await control.ask('POST', '/snapshots/mine')
  const other = await control.ask('GET', '/snapshots', { headers: { 'x-ocs-mock-world': 'other' } })
  expect(other.body.snapshots).toEqual([])
})

it('refuses a snapshot too many', async () => {
  const control = new Control()
  for (let i = 0; i < 100; i++) await control.ask('POST', '/snapshots')
  const { status, body } = await control.ask('POST', '/snapshots')
  expect(status).toBe(400)
  expect(body.error).toContain('there are 100 already')
  expect((await control.ask('POST', '/snapshots/snapshot-5')).status).toBe(200)
  expect((await control.ask('POST', '/snapshots', { json: { name: 5 } })).status).toBe(400)
})
