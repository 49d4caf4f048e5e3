import { describe, expect, it } from 'vitest'
import { limitedFetch } from '#adapters/limited-fetch.ts'

/** A fetch that notes what it is asked, and sends elsewhere from addresses that say so. */
function asked(allowed: readonly string[]) {
  const requests: string[] = []
  const told: string[] = []
  const send: typeof fetch = async (input) => {
    const request = new Request(input)
    requests.push(`${request.method} ${request.url} ${await request.text()}`)
    const to = new URL(request.url).searchParams.get('to')
    return to === null
      ? new Response('fine')
      : new Response(null, {
          status: Number(new URL(request.url).searchParams.get('as') ?? 302),
          headers: { location: to },
        })
  }
  return { requests, told, fetch: limitedFetch(send, allowed, (message) => told.push(message)) }
}

describe('calls of the fake itself', () => {
  it.each(['http://localhost:1/a', 'http://127.0.0.1/a', 'http://[::1]:1/a', 'http://exapp.localhost/a'])(
    'reach this machine: %s',
    async (url) => {
      const { fetch, requests } = asked([])
      expect(await (await fetch(url, { method: 'POST', body: 'hello' })).text()).toBe('fine')
      expect(requests).toEqual([`POST ${url} hello`])
    },
  )

  it.each([
    'https://evil.example/a',
    'http://10.0.0.1/',
    'http://localhost.evil.example/',
    'http://127.0.0.1.evil.example/',
    'http://2130706433.example/',
  ])('reach nothing else, and say so: %s', async (url) => {
    const { fetch, requests, told } = asked([])
    await expect(fetch(url)).rejects.toThrow(/--allow-outgoing/)
    expect(requests).toEqual([])
    expect(told).toHaveLength(1)
  })

  it('reach what is allowed, by its name or by its name and port', async () => {
    const { fetch } = asked(['hooks.example.com', 'other.example.com:8443'])
    for (const url of [
      'https://hooks.example.com/a',
      'http://hooks.example.com:99/',
      'https://other.example.com:8443/',
    ])
      expect((await fetch(url)).status).toBe(200)
    await expect(fetch('https://other.example.com/')).rejects.toThrow('other.example.com')
  })

  it('are led nowhere else by a redirect', async () => {
    const { fetch, requests } = asked([])
    await expect(fetch('http://localhost/?to=https://evil.example/')).rejects.toThrow('evil.example')
    expect(requests).toHaveLength(1)
    expect((await fetch('http://localhost/?to=/b')).status).toBe(200)
    expect(requests.at(-1)).toBe('GET http://localhost/b ')
  })

  it('keep their body where a redirect says so, and end where it goes round', async () => {
    const { fetch, requests } = asked([])
    await fetch('http://localhost/?as=307&to=/b', { method: 'POST', body: 'hello' })
    expect(requests.at(-1)).toBe('POST http://localhost/b hello')
    await fetch('http://localhost/?as=303&to=/b', { method: 'POST', body: 'hello' })
    expect(requests.at(-1)).toBe('GET http://localhost/b ')
    await expect(fetch('http://localhost/?to=')).rejects.toThrow('too many redirects')
  })

  it('are told of a redirect where they want to be', async () => {
    const { fetch } = asked([])
    expect((await fetch('http://localhost/?to=https://evil.example/', { redirect: 'manual' })).status).toBe(302)
  })
})
