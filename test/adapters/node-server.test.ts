import { request } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { type RunningServer, startServer } from '#adapters/node-server.ts'
import type { Answer } from '#line/call.ts'

describe('the server', () => {
  let server: RunningServer | undefined
  afterEach(() => server?.close())

  /** Raw headers and bytes of the answer, as they came. */
  async function sent(answer: Partial<Answer>, method = 'GET') {
    server = await startServer({ handle: async () => ({ status: 200, headers: [], body: '', ...answer }) })
    const { url } = server
    return new Promise<{ names: string[]; length: string | undefined; cookies: string[]; body: Buffer }>((resolve) => {
      request(url, { method }, async (response) => {
        const chunks: Buffer[] = []
        for await (const chunk of response) chunks.push(chunk)
        const body = Buffer.concat(chunks)
        const names = response.rawHeaders.filter((_, i) => i % 2 === 0)
        const { 'content-length': length, 'set-cookie': cookies = [] } = response.headers
        resolve({ names, length, cookies, body })
      }).end()
    })
  }

  it('says how many bytes come, of a text and of bytes', async () => {
    const text = 'Ünïcode €'
    const { length, body } = await sent({ body: text })
    expect(body.toString()).toBe(text)
    expect(length).toBe(String(new TextEncoder().encode(text).length))
    await server?.close()
    expect(await sent({ body: new Uint8Array([1, 200, 255]) })).toMatchObject({ length: '3' })
  })

  it('says so of an empty body too, but not where there can be none', async () => {
    expect((await sent({})).length).toBe('0')
    for (const status of [204, 304]) {
      await server?.close()
      expect((await sent({ status })).length).toBeUndefined()
    }
    await server?.close()
    expect((await sent({}, 'HEAD')).length).toBeUndefined()
  })

  it('keeps a length that the answer brings', async () => {
    const { length, names } = await sent({ headers: [['Content-Length', '7']] }, 'HEAD')
    expect(length).toBe('7')
    expect(names.filter((name) => /content-length/i.test(name))).toHaveLength(1)
  })

  it('sends a header as often as the answer has it', async () => {
    const headers: Answer['headers'] = [
      ['Set-Cookie', 'a=1'],
      ['Set-Cookie', 'b=2'],
    ]
    expect((await sent({ headers })).cookies).toEqual(['a=1', 'b=2'])
  })

  it('says nothing of a caller who leaves in the middle of an upload, and goes on', async () => {
    const errors: unknown[] = []
    let ended: () => void = () => {}
    const left = new Promise<void>((resolve) => {
      ended = resolve
    })
    server = await startServer(
      {
        handle: async (call) => {
          try {
            await call.body()
          } finally {
            ended()
          }
          return { status: 200, headers: [], body: 'fine' }
        },
      },
      { onError: (error) => errors.push(error) },
    )
    const upload = request(server.url, { method: 'PUT', headers: { 'Content-Length': '1000' } })
    upload.on('error', () => {})
    upload.write('some', () => upload.destroy())
    await left
    expect(await (await fetch(server.url)).text()).toBe('fine')
    expect(errors).toEqual([])
  })
})
