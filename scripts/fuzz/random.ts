import type { Json, JsonObject } from '#lib/json.ts'

/** Texts that some reader somewhere takes for more than they are. */
const TEXTS = [
  '',
  '0',
  '1',
  '-1',
  'admin',
  'alice',
  'bob',
  'staff',
  'null',
  'true',
  '__proto__',
  'constructor',
  'toString',
  '../../etc/passwd',
  '/a.txt',
  '/folder/b.txt',
  '%zz',
  '%00',
  '%2e%2e%2f',
  'a b',
  'é',
  '😀',
  '\ud800',
  '\u0000',
  '\u0001\u001b[2J',
  '\r\nX-Injected: 1',
  '<b>&amp;',
  '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
  '{"a":',
  '[]',
  '1e309',
  '-9223372036854775809',
  '99999999999999999999',
  '0x10',
  'NaN',
  '2026-01-01',
  'yesterday',
  '1h',
  '*',
  '(a+)+$',
  '$(7*7)',
  "' OR 1=1 --",
  'a'.repeat(300),
  'http://169.254.169.254/',
  'javascript:alert(1)',
  'data:,',
]

/** Randomness that gives the same for the same seed. */
export class FuzzRandom {
  #state: number

  constructor(seed: number) {
    this.#state = seed | 0
  }

  /** From 0 to below 1. */
  float(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }

  /** A whole number from 0 to below the limit. */
  below(limit: number): number {
    return Math.floor(this.float() * limit)
  }

  chance(share: number): boolean {
    return this.float() < share
  }

  pick<T>(from: readonly T[]): T {
    return from[this.below(from.length)]!
  }

  /** Some of them, often none. */
  some<T>(from: readonly T[], share: number): T[] {
    return from.filter(() => this.chance(share))
  }

  text(): string {
    if (this.chance(0.6)) return this.pick(TEXTS)
    if (this.chance(0.3)) return this.pick(TEXTS) + this.pick(TEXTS)
    return Array.from({ length: this.below(12) }, () =>
      String.fromCharCode(this.below(this.chance(0.7) ? 128 : 65536)),
    ).join('')
  }

  json(depth = 3): Json {
    const kind = this.below(depth > 0 ? 8 : 6)
    switch (kind) {
      case 0:
        return null
      case 1:
        return this.chance(0.5)
      case 2:
        return this.pick([0, 1, -1, 1.5, 1e300, -1e-300, 2 ** 53, this.below(1000)])
      case 6:
        return Array.from({ length: this.below(4) }, () => this.json(depth - 1))
      case 7:
        return this.object(depth)
      default:
        return this.text()
    }
  }

  object(depth = 3): JsonObject {
    return Object.fromEntries(Array.from({ length: this.below(4) }, () => [this.text(), this.json(depth - 1)]))
  }

  /** A document with some of its parts taken away, changed, or put elsewhere. */
  mutated(value: Json, share = 0.05): Json {
    if (this.chance(share)) return this.json()
    if (Array.isArray(value)) {
      const items = value.filter(() => !this.chance(share / 2)).map((item) => this.mutated(item, share))
      return this.chance(share) ? [...items, ...items] : items
    }
    if (typeof value !== 'object' || value === null) return value
    const members = Object.entries(value)
      .filter(() => !this.chance(share / 3))
      .map(([key, member]) => [this.chance(share / 3) ? this.text() : key, this.mutated(member, share)] as const)
    if (this.chance(share / 2)) members.push([this.text(), this.json()])
    return Object.fromEntries(members)
  }

  /** A text with some of it taken away, doubled, or replaced. */
  broken(text: string): string {
    let broken = text
    for (let count = this.below(4); count > 0; count--) {
      const at = this.below(broken.length + 1)
      const length = this.below(10)
      const instead = this.chance(0.5) ? '' : this.chance(0.5) ? this.text() : broken.slice(at, at + length).repeat(2)
      broken = broken.slice(0, at) + instead + broken.slice(at + length)
    }
    return broken
  }
}
