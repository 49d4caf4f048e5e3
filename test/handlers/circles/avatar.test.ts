import * as circles from '#handlers/circles/state.ts'
import { framedPng } from '#lib/png.ts'
import { itemOf } from '../../support/share-answers.ts'
import { directly, expect, it } from '../../support/ways.ts'

const SEED = { users: ['alice', 'bob'].map((id) => ({ id, password: id })) }
const ALICE = { as: 'alice:alice' }
const PICTURE = framedPng(8, '#ff0000', '#ffffff')
const JPEG = new Uint8Array([0xff, 0xd8, 0xff, 0xe0])
const GIF = new TextEncoder().encode('GIF89a\u0001\u0000\u0001\u0000')

directly('the picture of a team', SEED, (way) => {
  const make = () => circles.create(way.ocs.world, 'alice', 'Team', false) as circles.Circle
  const at = ({ id }: circles.Circle) => `/apps/circles/circles/${id}/avatar`
  const fetchAs = (as: string, path: string, init: RequestInit = {}) =>
    way.fetch(`/ocs/v${way.version}.php${path}?format=${way.format}`, {
      ...init,
      headers: { 'OCS-APIRequest': 'true', Authorization: `Basic ${btoa(as)}`, ...init.headers },
    })
  const send = (circle: circles.Circle, bytes: Uint8Array | null, as = ALICE.as) => {
    const body = new FormData()
    if (bytes) body.append('file', new Blob([new Uint8Array(bytes)]), 'picture.png')
    else body.append('emoji', 'x')
    return fetchAs(as, at(circle), { method: 'POST', body })
  }
  const metaOf = async (response: Response) => (await response.json()).ocs.meta

  way.inEveryWay('is given, shown, and taken away', async () => {
    const circle = make()
    expect((await send(circle, PICTURE)).status).toBe(200)
    const shown = await fetchAs(ALICE.as, at(circle))
    expect([shown.status, shown.headers.get('content-type')]).toEqual([200, 'image/png'])
    expect(shown.headers.get('content-disposition')).toBe('inline; filename="circle-avatar.png"')
    expect(new Uint8Array(await shown.arrayBuffer())).toEqual(PICTURE)
    expect(itemOf(await way.ask('DELETE', at(circle), ALICE)).id).toBe(circle.id)
    expect((await way.ask('GET', at(circle), ALICE)).code).toBe(404)
  })

  it('is not sent again to those who have it', async () => {
    const circle = make()
    await send(circle, JPEG)
    const etag = (await fetchAs(ALICE.as, at(circle))).headers.get('etag')!
    expect((await fetchAs(ALICE.as, at(circle), { headers: { 'If-None-Match': etag } })).status).toBe(304)
  })

  it.each([
    [null, 'No image file provided'],
    [new TextEncoder().encode('no picture'), 'Invalid image'],
    [GIF, 'Unknown filetype'],
    [new Uint8Array(20 * 1024 * 1024 + 1), 'File is too big'],
  ])('is a PNG or a JPEG, and not too large: case %#', async (bytes, message) => {
    const response = await send(make(), bytes)
    expect([response.status, await metaOf(response)]).toMatchObject([500, { statuscode: 999, message }])
  })

  it('is for members to see, and for administrators of the team to change', async () => {
    const circle = make()
    expect((await way.ask('GET', at(circle), { as: 'bob:bob' })).code).toBe(403)
    circles.add(way.ocs.world, circle, 'bob', 'alice')
    expect((await way.ask('GET', at(circle), { as: 'bob:bob' })).code).toBe(404)
    expect((await send(circle, PICTURE, 'bob:bob')).status).toBe(403)
    expect((await way.ask('DELETE', at(circle), { as: 'bob:bob' })).code).toBe(403)
  })

  it('goes with its team', async () => {
    const circle = make()
    await send(circle, PICTURE)
    await way.ask('DELETE', `/apps/circles/circles/${circle.id}`, ALICE)
    const { tables } = JSON.parse(JSON.stringify(way.ocs.world.dump()))
    expect(JSON.stringify(tables)).not.toContain(circle.id)
  })
})
