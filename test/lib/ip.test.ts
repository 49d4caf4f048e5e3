import { describe, expect, it } from 'vitest'
import { isInRange, parseIp } from '#lib/ip.ts'

describe('parseIp', () => {
  it('reads IPv4 without leading zeros', () => {
    expect(parseIp('192.0.2.1')).toEqual([192, 0, 2, 1])
    for (const text of ['192.0.2', '192.0.2.256', '192.0.02.1', '192.0.2.1.1', '', 'x'])
      expect(parseIp(text)).toBeNull()
  })

  it('reads IPv6 with what is left out, and with IPv4 at its end', () => {
    expect(parseIp('::1')).toEqual([...Array(15).fill(0), 1])
    expect(parseIp('2001:db8::ff00:42:8329')).toEqual([32, 1, 13, 184, 0, 0, 0, 0, 0, 0, 255, 0, 0, 66, 131, 41])
    expect(parseIp('::ffff:192.0.2.1')?.slice(-6)).toEqual([255, 255, 192, 0, 2, 1])
    for (const text of ['1::2::3', '1:2:3:4:5:6:7', '1:2:3:4:5:6:7:8:9', '12345::', ':::', 'g::'])
      expect(parseIp(text)).toBeNull()
  })
})

describe('isInRange', () => {
  it('compares as many bits as the range says', () => {
    const address = parseIp('192.0.2.130')!
    expect(isInRange(address, '192.0.2.128/25')).toBe(true)
    expect(isInRange(address, '192.0.2.0/25')).toBe(false)
    expect(isInRange(address, '0.0.0.0/0')).toBe(true)
    expect(isInRange(address, '192.0.2.130')).toBe(true)
    expect(isInRange(address, '2001:db8::/32')).toBe(false)
    expect(isInRange(address, 'nonsense')).toBe(false)
  })
})
