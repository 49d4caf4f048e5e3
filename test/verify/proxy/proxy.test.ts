import { createServer, type RequestListener, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, it } from 'vitest'
import { rewriteAddresses } from '#lib/addresses.ts'
import { AddressRewriter } from '#verify/proxy/address-rewriter.ts'
import { type ProxiedExchange, type ProxyOptions, startProxy } from '#verify/proxy/proxy.ts'

const closing: (() => Promise<unknown> | unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

async function behindProxy(listener: RequestListener, options: Partial<ProxyOptions> = {}) {
  const upstream = createServer(listener)
  await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}`
  const passed: ProxiedExchange[] = []
  const broken: string[] = []
  const proxy = await startProxy({
    origin,
    onExchange: (one) => passed.push(one),
    onFailure: (reason) => broken.push(reason),
    ...options,
  })
  closing.push(proxy.close, () => {
    upstream.closeAllConnections()
    return new Promise((resolve) => upstream.close(resolve))
  })
  return { origin, proxy, passed, broken, upstream }
}

/** What passed is told after the client has it all. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve))
}

describe('a proxy', () => {
  it('passes method, path, query, headers and body on, and the answer back', async () => {
    const { proxy, origin, passed } = await behindProxy(async (incoming, response) => {
      const body = await Readable.from(incoming).map(String).toArray()
      response.setHeader('X-Answer', 'yes')
      response.statusCode = 201
      response.end(
        JSON.stringify([
          incoming.method,
          incoming.url,
          incoming.headers.host,
          incoming.headers['x-own'],
          body.join(''),
        ]),
      )
    })
    const answer = await fetch(`${proxy.url}/a%20b?c=%2F`, {
      method: 'PUT',
      body: 'hello',
      headers: { 'X-Own': 'mine' },
    })
    expect(answer.status).toBe(201)
    expect(answer.headers.get('x-answer')).toBe('yes')
    expect(await answer.json()).toEqual(['PUT', '/a%20b?c=%2F', new URL(origin).host, 'mine', 'hello'])
    await until(() => passed.length === 1)
    expect(passed[0]).toMatchObject({ method: 'PUT', target: '/a%20b?c=%2F', status: 201 })
    expect(Buffer.from(passed[0]!.body!).toString()).toBe('hello')
  })

  it('hands on each part of an answer as it comes', async () => {
    let more = (_text: string) => {}
    const { proxy } = await behindProxy((_incoming, response) => {
      response.setHeader('Content-Type', 'application/octet-stream')
      response.write('first')
      more = (text) => response.end(text)
    })
    const answer = await fetch(proxy.url)
    const reader = answer.body!.getReader()
    expect(Buffer.from((await reader.read()).value!).toString()).toBe('first')
    more('second')
    expect(Buffer.from((await reader.read()).value!).toString()).toBe('second')
  })

  it('passes bodies that are larger than what it keeps, chunked or not', async () => {
    const { proxy, passed } = await behindProxy(
      async (incoming, response) => {
        let size = 0
        for await (const chunk of incoming) size += (chunk as Buffer).length
        response.setHeader('X-Size', String(size))
        response.end(Buffer.alloc(3_000_000, 'y'))
      },
      { maxCaptured: 1_000_000 },
    )
    const chunks = Readable.toWeb(Readable.from(Array.from({ length: 40 }, () => Buffer.alloc(50_000, 'x'))))
    const init = { method: 'POST', body: chunks as unknown as BodyInit, duplex: 'half' }
    const answer = await fetch(proxy.url, init as RequestInit)
    expect(answer.headers.get('x-size')).toBe('2000000')
    expect((await answer.arrayBuffer()).byteLength).toBe(3_000_000)
    await until(() => passed.length === 1)
    expect(passed[0]).toMatchObject({ body: null, answerBody: null })
  })

  it('takes the place of the server in redirects, texts, cookies and headers', async () => {
    const { proxy, origin } = await behindProxy((incoming, response) => {
      const self = `http://${incoming.headers.host}`
      response.writeHead(303, {
        Location: `${self}/index.php/login?redirect_url=${encodeURIComponent(`${self}/x`)}`,
        'Content-Type': 'application/json; charset=utf-8',
        'Set-Cookie': ['a=1; Domain=cloud.example.com; Secure; HttpOnly', '__Host-b=2; Secure; path=/'],
        'X-Destination': encodeURIComponent(btoa(String(incoming.headers.destination))),
      })
      const escaped = `${self}/s/1`.replaceAll('/', '\\/')
      response.end(`{"url":"${escaped}","other":"http:\\/\\/example.com\\/"}`)
    })
    const answer = await fetch(`${proxy.url}/x`, {
      redirect: 'manual',
      headers: { Destination: `${proxy.url}/remote.php/dav/files/a/b` },
    })
    const encoded = encodeURIComponent(`${proxy.url}/x`)
    expect(answer.headers.get('location')).toBe(`${proxy.url}/index.php/login?redirect_url=${encoded}`)
    const seen = atob(decodeURIComponent(answer.headers.get('x-destination')!))
    expect(seen).toBe(`${origin}/remote.php/dav/files/a/b`)
    expect(answer.headers.getSetCookie()).toEqual(['a=1; HttpOnly', '__Host-b=2; Secure; path=/'])
    expect(await answer.json()).toEqual({ url: `${proxy.url}/s/1`, other: 'http://example.com/' })
  })

  it('answers 502 and says why where the server cannot be reached', async () => {
    const { proxy, upstream, broken } = await behindProxy((_incoming, response) => response.end())
    upstream.closeAllConnections()
    await new Promise((resolve) => upstream.close(resolve))
    const answer = await fetch(`${proxy.url}/ocs/v2.php/cloud/user`, { method: 'POST', body: 'x'.repeat(100_000) })
    expect(answer.status).toBe(502)
    expect(await answer.text()).toContain('ECONNREFUSED (nothing listens there)')
    expect(broken).toHaveLength(1)
  })

  it('answers 502 where the server is silent for too long, or breaks off before it answers', async () => {
    const silent = await behindProxy(() => {}, { timeout: 50 })
    const late = await fetch(silent.proxy.url)
    expect([late.status, await late.text()]).toEqual([502, expect.stringContaining('silent for 0.05 s')])
    const rude = await behindProxy((incoming) => incoming.socket.destroy())
    expect((await fetch(rude.proxy.url)).status).toBe(502)
  })

  it('does not make half an answer look like a whole one', async () => {
    const { proxy, broken, passed } = await behindProxy((_incoming, response) => {
      response.writeHead(200, { 'Content-Type': 'application/json' })
      response.write('{"half":', () => response.destroy())
    })
    await expect(fetch(proxy.url).then((answer) => answer.text())).rejects.toThrow()
    expect(broken).toHaveLength(1)
    expect(passed).toEqual([])
  })

  it('gives up on the server when the client goes away, and goes on', async () => {
    let gone = false
    let leave = () => {}
    const { proxy, broken } = await behindProxy((incoming, response) => {
      if (incoming.url !== '/slow') {
        response.end('fine')
        return
      }
      incoming.socket.on('close', () => {
        gone = true
      })
      leave()
    })
    const leaving = request(`${proxy.url}/slow`)
    leave = () => leaving.destroy()
    leaving.on('error', () => {})
    leaving.end()
    await until(() => gone)
    expect(broken).toEqual([])
    expect(await (await fetch(proxy.url)).text()).toBe('fine')
  })

  it('reads what a server compresses against its wish', async () => {
    const { proxy, passed } = await behindProxy((_incoming, response) => {
      response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' })
      response.end(gzipSync('{"zipped":true}'))
    })
    expect(await (await fetch(proxy.url)).json()).toEqual({ zipped: true })
    await until(() => passed.length === 1)
    expect(Buffer.from(passed[0]!.answerBody!).toString()).toBe('{"zipped":true}')
  })
})

describe('addresses', () => {
  const origins = { from: 'https://cloud.firma.de', to: 'http://127.0.0.1:8090' }
  const text = [
    'https://cloud.firma.de/a http://cloud.firma.de',
    'https:\\/\\/cloud.firma.de\\/a https%3A%2F%2Fcloud.firma.de%2Fa',
    'https://cloud.firma.de.evil.org https://cloud.firma.de:8443/ my-https://cloud.firma.dev',
  ].join('\n')
  const rewritten = [
    'http://127.0.0.1:8090/a http://127.0.0.1:8090',
    'http:\\/\\/127.0.0.1:8090\\/a http%3A%2F%2F127.0.0.1%3A8090%2Fa',
    'https://cloud.firma.de.evil.org https://cloud.firma.de:8443/ my-https://cloud.firma.dev',
  ].join('\n')

  it('are replaced in every way of writing them, and no others are', () => {
    expect(rewriteAddresses(text, origins)).toBe(rewritten)
  })

  it.each([1, 2, 7, 30, 1000])('are found however a stream is cut: %i bytes at a time', async (size) => {
    const pieces = Array.from({ length: Math.ceil(text.length / size) }, (_, i) =>
      Buffer.from(text.slice(i * size, (i + 1) * size)),
    )
    const out = await Readable.from(pieces).pipe(new AddressRewriter(origins)).map(String).toArray()
    expect(out.join('')).toBe(rewritten)
  })
})
