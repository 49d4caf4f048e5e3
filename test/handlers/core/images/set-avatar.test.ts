import { describe } from 'vitest'
import { dimensionsOf, framedPng, solidPng } from '#lib/png.ts'
import { scalePng } from '#lib/scale-png.ts'
import { Browser } from '../../../support/browser.ts'
import { directly, expect, it } from '../../../support/ways.ts'

const GREEN =
  'iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAACXBIWXMAAA7EAAAOxAGVKw4bAAAAFklEQVQImWNk+M/AwMDAxMDAwMDAAAAMHgEDYoYd8wAAAABJRU5ErkJggg=='
const square = Uint8Array.from(atob(GREEN), (letter) => letter.charCodeAt(0))
const wide = solidPng(4, 2, '#ff0000')
const seed = {
  users: [{ id: 'alice', password: 'secret' }],
  files: { alice: { '/face.png': { base64: GREEN }, '/t.txt': 'x' } },
}

directly('the picture of an account', seed, (way) => {
  const as = { Authorization: `Basic ${btoa('alice:secret')}`, 'OCS-APIRequest': 'true' }
  const post = async (bytes: Uint8Array | null, query = '') => {
    const body = new FormData()
    if (bytes) body.set('files[]', new Blob([bytes as BlobPart]), 'face.png')
    const answer = await way.fetch(`/index.php/avatar${query}`, { method: 'POST', headers: as, body })
    return { status: answer.status, said: await answer.json() }
  }
  const shown = async (size: number) => {
    const answer = await way.fetch(`/index.php/avatar/alice/${size}`)
    const bytes = new Uint8Array(await answer.arrayBuffer())
    return { custom: answer.headers.get('X-NC-IsCustomAvatar'), size: dimensionsOf(bytes), bytes }
  }

  it('is what was sent, in the sizes that there are', async () => {
    expect(await post(square)).toEqual({ status: 200, said: { status: 'success' } })
    expect(await shown(64)).toMatchObject({ custom: '1', size: [64, 64] })
    expect(await shown(96)).toMatchObject({ custom: '1', size: [512, 512] })
  })

  it('is one among its files', async () => {
    expect((await post(null, '?path=/face.png')).said).toEqual({ status: 'success' })
    expect(await post(null, '?path=/t.txt')).toEqual({
      status: 400,
      said: { data: { message: 'The selected file is not an image.' } },
    })
    expect((await post(null, '?path=/none.png')).said).toEqual({ data: { message: 'Please select a file.' } })
  })

  it('comes back where it is no square, to be cut by whoever sent it', async () => {
    const { said } = await post(wide)
    expect(said).toEqual({ data: 'notsquare', image: expect.stringMatching(/^data:image\/png;base64,/) })
    expect((await shown(64)).custom).toBe('0')
  })

  it('is refused where it is no picture', async () => {
    expect((await post(new TextEncoder().encode('hello'))).said).toEqual({ data: { message: 'Invalid image' } })
    expect((await post(new TextEncoder().encode('GIF89a\x02\x00\x02\x00'))).said).toEqual({
      data: { message: 'Unknown filetype' },
    })
    expect(await post(null)).toEqual({ status: 400, said: { data: { message: 'No image or file provided' } } })
  })

  it('is drawn again once it is taken away', async () => {
    const before = await shown(64)
    await post(square)
    expect((await way.fetch('/index.php/avatar', { method: 'DELETE', headers: as })).status).toBe(200)
    expect(await shown(64)).toEqual(before)
  })

  it('is given by who is logged in, with a request token', async () => {
    const browser = new Browser(way)
    expect((await browser.open('POST', '/index.php/avatar')).status).toBe(401)
    await browser.logIn('alice', 'secret')
    expect((await browser.open('POST', '/index.php/avatar', {})).status).toBe(412)
  })
})

describe('scalePng', () => {
  it('keeps each pixel as the nearest one was', async () => {
    const scaled = await scalePng(square, 3, 5)
    expect(dimensionsOf(scaled!)).toEqual([3, 5])
    const back = await scalePng(scaled!, 2, 2)
    expect(await scalePng(back!, 3, 5)).toEqual(scaled)
  })

  it('leaves alone what it does not read', async () => {
    expect(await scalePng(new TextEncoder().encode('hello'), 2, 2)).toBeNull()
    expect(await scalePng(framedPng(8, '#000000', '#ffffff'), 2, 2)).toBeNull()
    expect(await scalePng(square.slice(0, 50), 2, 2)).toBeNull()
  })
})
