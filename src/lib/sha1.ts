/** SHA-1 of a text in UTF-8, as lower-case hexadecimal: what PHP's `sha1()` answers. For names of caches, not for secrets. */
export function sha1(text: string): string {
  const words = padded(new TextEncoder().encode(text))
  const state = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0]
  for (let at = 0; at < words.length; at += 16) mixBlock(state, words.subarray(at, at + 16))
  return state.map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('')
}

/** The message with its end mark and its length in bits, in blocks of 16 big-endian words. */
function padded(message: Uint8Array): Uint32Array {
  const words = new Uint32Array(((message.length + 8) >>> 6) * 16 + 16)
  const put = (at: number, byte: number) => {
    words[at >>> 2] = words[at >>> 2]! | (byte << (24 - (at & 3) * 8))
  }
  message.forEach((byte, at) => {
    put(at, byte)
  })
  put(message.length, 0x80)
  words[words.length - 2] = Math.floor(message.length / 2 ** 29)
  words[words.length - 1] = message.length * 8
  return words
}

const rotate = (word: number, by: number) => (word << by) | (word >>> (32 - by))

/** One block of RFC 3174. */
function mixBlock(state: number[], block: Uint32Array): void {
  const words = [...block]
  for (let i = 16; i < 80; i++) {
    words.push(rotate(words[i - 3]! ^ words[i - 8]! ^ words[i - 14]! ^ words[i - 16]!, 1))
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0] = state
  words.forEach((word, i) => {
    const next = (rotate(a, 5) + mix(i, b, c, d) + e + word) | 0
    e = d
    d = c
    c = rotate(b, 30)
    b = a
    a = next
  })
  ;[a, b, c, d, e].forEach((word, i) => {
    state[i] = (state[i]! + word) | 0
  })
}

/** The function of a round, with its constant. */
function mix(round: number, b: number, c: number, d: number): number {
  if (round < 20) return ((b & c) | (~b & d)) + 0x5a827999
  if (round < 40) return (b ^ c ^ d) + 0x6ed9eba1
  if (round < 60) return ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdc
  return (b ^ c ^ d) + 0xca62c1d6
}
