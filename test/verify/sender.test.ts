import { describe, expect, it } from 'vitest'
import { NoAnswerError, Sender } from '#verify/sender.ts'

/** A clock that only moves when someone sleeps. */
function fakeTime() {
  let now = 1_000_000
  const slept: number[] = []
  return {
    slept,
    now: () => now,
    sleep: async (milliseconds: number) => {
      slept.push(milliseconds)
      now += milliseconds
    },
  }
}

const BASE = 'https://cloud.example.com'

function answering(...answers: readonly [status: number, headers?: Record<string, string>][]) {
  let at = 0
  return async () => {
    const [status, headers = {}] = answers[Math.min(at++, answers.length - 1)]!
    return new Response('{}', { status, headers })
  }
}

describe('a server that asks to be left alone', () => {
  it('gets the pause that Retry-After asks for, in seconds', async () => {
    const time = fakeTime()
    const told: string[] = []
    const sender = new Sender({
      base: BASE,
      ...time,
      fetch: answering([429, { 'Retry-After': '7' }], [200]),
      onWait: (message) => told.push(message),
    })
    expect((await sender.send('GET', '/', {})).status).toBe(200)
    expect(time.slept).toEqual([7000])
    expect(told).toEqual(['The server said 429 and gets a pause of 7 s.'])
  })

  it('gets the pause that Retry-After asks for, as a date', async () => {
    const time = fakeTime()
    const at = new Date(Math.ceil(Date.now() / 1000) * 1000 + 30_000).toUTCString()
    const sender = new Sender({ base: BASE, ...time, fetch: answering([503, { 'Retry-After': at }], [200]) })
    await sender.send('GET', '/', {})
    expect(time.slept[0]).toBeGreaterThan(25_000)
    expect(time.slept[0]).toBeLessThanOrEqual(31_000)
  })

  it('gets longer and longer pauses when it only says 429, and is believed in the end', async () => {
    const time = fakeTime()
    const sender = new Sender({ base: BASE, ...time, fetch: answering([429]) })
    expect((await sender.send('GET', '/', {})).status).toBe(429)
    expect(time.slept).toEqual([1000, 2000, 4000, 8000, 16_000])
  })

  it('is not asked again after a 503 that names no time', async () => {
    const sender = new Sender({ base: BASE, ...fakeTime(), fetch: answering([503]) })
    await sender.send('GET', '/', {})
    expect(sender.requests).toBe(1)
  })
})

describe('pace', () => {
  it('keeps the delay between requests', async () => {
    const time = fakeTime()
    const sender = new Sender({ base: BASE, ...time, delay: 250, fetch: answering([200]) })
    for (let i = 0; i < 3; i++) await sender.send('GET', '/', {})
    expect(time.slept).toEqual([250, 250])
  })

  it('never has more requests under way than it may', async () => {
    let under = 0
    let most = 0
    const sender = new Sender({
      base: BASE,
      concurrency: 3,
      fetch: async () => {
        most = Math.max(most, ++under)
        await new Promise((resolve) => setImmediate(resolve))
        under--
        return new Response('')
      },
    })
    await Promise.all(Array.from({ length: 20 }, () => sender.send('GET', '/', {})))
    expect(most).toBe(3)
    expect(sender.requests).toBe(20)
  })

  it('asks less at once of a server that gets slow, and more again when it is quick', async () => {
    let under = 0
    let slow = true
    const most = { quick: 0 }
    const sender = new Sender({
      base: BASE,
      concurrency: 4,
      timeout: 60,
      fetch: async () => {
        under++
        const isSlow = slow
        await new Promise((resolve) => setTimeout(resolve, isSlow ? 15 : 0))
        if (!isSlow) most.quick = Math.max(most.quick, under)
        under--
        return new Response('')
      },
    })
    const send = (count: number) => Promise.all(Array.from({ length: count }, () => sender.send('GET', '/', {})))
    await send(4)
    slow = false
    await send(10)
    const few = most.quick
    await send(200)
    expect(few).toBeLessThan(4)
    expect(most.quick).toBe(4)
  })

  it('gives up after the timeout and says so', async () => {
    const never: typeof fetch = (_, init) =>
      new Promise((_, reject) => {
        init?.signal?.addEventListener('abort', () => reject(init.signal!.reason as Error))
      })
    const sender = new Sender({ base: BASE, timeout: 10, fetch: never })
    await expect(sender.send('GET', '/', {})).rejects.toThrow(new NoAnswerError('no answer within 0.01 s'))
  })

  it('says why a connection failed', async () => {
    const refused = async () => {
      throw Object.assign(new TypeError('fetch failed'), { cause: { code: 'ECONNREFUSED' } })
    }
    const sender = new Sender({ base: BASE, fetch: refused })
    await expect(sender.send('GET', '/', {})).rejects.toThrow('ECONNREFUSED')
  })
})
