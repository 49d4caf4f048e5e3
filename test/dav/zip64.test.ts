import { expect, it } from 'vitest'
import { zip64 } from '#dav/zip64.ts'

const entries = [
  { name: 'plans/', mtime: 1_700_000_000, bytes: null },
  { name: 'plans/ä.txt', mtime: 1_700_000_000, bytes: new TextEncoder().encode('rowing') },
]
const text = (bytes: Uint8Array) => new TextDecoder('latin1').decode(bytes)
const places = (whole: string, signature: string) => [...whole.matchAll(new RegExp(signature, 'g'))].map((m) => m.index)

it('is a ZIP64 archive, as small as it may be', () => {
  const bytes = zip64(entries)
  const view = new DataView(bytes.buffer)
  const whole = text(bytes)
  const [end] = places(whole, 'PK\x06\x06')
  const [locator] = places(whole, 'PK\x06\x07')
  expect([view.getBigUint64(end! + 24, true), view.getBigUint64(end! + 32, true)]).toEqual([2n, 2n])
  expect(view.getBigUint64(end! + 48, true)).toBe(BigInt(places(whole, 'PK\x01\x02')[0]!))
  expect(view.getBigUint64(locator! + 8, true)).toBe(BigInt(end!))
  expect(view.getUint32(places(whole, 'PK\x05\x06')[0]! + 16, true)).toBe(0xffffffff)
})

it('tells the size of a file behind its bytes, and in the list', () => {
  const bytes = zip64(entries)
  const view = new DataView(bytes.buffer)
  const whole = text(bytes)
  const [behind] = places(whole, 'PK\x07\x08')
  expect(whole.slice(behind! - 6, behind)).toBe('rowing')
  expect(view.getBigUint64(behind! + 8, true)).toBe(6n)
  const listed = places(whole, 'PK\x01\x02')[1]!
  const extra = listed + 46 + view.getUint16(listed + 28, true)
  expect([view.getBigUint64(extra + 4, true), view.getBigUint64(extra + 20, true)]).toEqual([
    6n,
    BigInt(places(whole, 'PK\x03\x04')[1]!),
  ])
  expect(view.getUint16(listed + 8, true)).toBe(0x0808)
})
