import { expect, it } from 'vitest'
import { isLike } from '#lib/like.ts'

it.each([
  ['report.txt', 'report.txt', true],
  ['Report.TXT', 'r%.txt', true],
  ['report.txt', '%', true],
  ['', '%%', true],
  ['', '', true],
  ['report.txt', '', false],
  ['report.txt', 'report', false],
  ['report.txt', '%port%', true],
  ['report.txt', 'r_port.t_t', true],
  ['report.txt', 'report.txt_', false],
  ['aXbXc', '%x%x%', true],
  ['aXbXc', '%x%x', false],
  ['a.c', 'a[.]c', false],
  ['50%', '50%', true],
  ['🎉!', '_!', true],
])('%j is like %j: %j', (text, pattern, expected) => expect(isLike(text, pattern)).toBe(expected))
