import { describe, expect, it } from 'vitest'
import { isEmail } from '#world/accounts/email.ts'

describe('an address', () => {
  it.each([
    'a@b.cd',
    'First.Last+tag@sub.ex-ample.org',
    "o'neil@example.org",
    '"a b"@example.org',
    'a@xn--mnchen-3ya.de',
    'a@[127.0.0.1]',
  ])('is %s', (text) => {
    expect(isEmail(text)).toBe(true)
  })

  it.each([
    '',
    'a',
    'a@b',
    '@b.cd',
    '.a@b.cd',
    'a.@b.cd',
    'a b@c.de',
    'a@-b.cd',
    'a@b.1',
    'ü@example.org',
    'a@exämple.org',
    `${'a'.repeat(65)}@b.cd`,
    'a@b@c.de',
  ])('is not "%s"', (text) => {
    expect(isEmail(text)).toBe(false)
  })
})
