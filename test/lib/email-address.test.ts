import { expect, it } from 'vitest'
import { isEmailAddress } from '#lib/email-address.ts'

it.each(['a@b.c', "o'neil+x@b.example", 'a@127.0.0.1', 'ü@ö.example', `${'a'.repeat(64)}@b.example`])(
  'takes mail: %s',
  (text) => expect(isEmailAddress(text)).toBe(true),
)

it.each([
  'a@b',
  '.a@b.c',
  'a..b@c.d',
  '"a"@b.c',
  'a b@c.d',
  'a@-b.c',
  'a@b.c.',
  '@b.c',
  'a@[127.0.0.1]',
  `${'a'.repeat(65)}@b.c`,
])('takes none: %s', (text) => expect(isEmailAddress(text)).toBe(false))
