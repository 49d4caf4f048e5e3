/** Constants and rotations of RFC 1321. */
const SHIFTS = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21]
const SINES = Uint32Array.from({ length: 64 }, (_, i) => Math.floor(Math.abs(Math.sin(i + 1)) * 2 ** 32))

/** MD5 of bytes or of a text in UTF-8, as lower-case hexadecimal: what PHP's `md5()` answers. Not for secrets. */
export function md5(message: string | Uint8Array): string {
  const words = padded(typeof message === 'string' ? new TextEncoder().encode(message) : message)
  const state = Uint32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476)
  for (let at = 0; at < words.length; at += 16) mixBlock(state, words.subarray(at, at + 16))
  return [...new Uint8Array(state.buffer)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** The message with its end mark and its length in bits, in blocks of 16 little-endian words. */
function padded(message: Uint8Array): Uint32Array {
  const words = new Uint32Array(((message.length + 8) >>> 6) * 16 + 16)
  const bytes = new Uint8Array(words.buffer)
  bytes.set(message)
  bytes[message.length] = 0x80
  words[words.length - 2] = message.length * 8
  words[words.length - 1] = Math.floor(message.length / 2 ** 29)
  return words
}

function mixBlock(state: Uint32Array, block: Uint32Array): void {
  let [a = 0, b = 0, c = 0, d = 0] = state
  for (let i = 0; i < 64; i++) {
    const round = i >>> 4
    const mixed = a + mix(round, b, c, d) + SINES[i]! + block[wordOf(round, i)]!
    const shift = SHIFTS[round * 4 + (i & 3)]!
    a = d
    d = c
    c = b
    b = (b + ((mixed << shift) | ((mixed >>> 0) >>> (32 - shift)))) | 0
  }
  state[0]! += a
  state[1]! += b
  state[2]! += c
  state[3]! += d
}

function mix(round: number, b: number, c: number, d: number): number {
  if (round === 0) return (b & c) | (~b & d)
  if (round === 1) return (d & b) | (~d & c)
  return round === 2 ? b ^ c ^ d : c ^ (b | ~d)
}

function wordOf(round: number, i: number): number {
  if (round === 0) return i
  if (round === 1) return (5 * i + 1) & 15
  return round === 2 ? (3 * i + 5) & 15 : (7 * i) & 15
}
