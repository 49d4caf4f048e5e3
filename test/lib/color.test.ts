import { describe, expect, it } from 'vitest'
import { elementColor, isColor, textColorOn } from '#lib/color.ts'
import { sha1 } from '#lib/sha1.ts'

// Expected colours: a real Nextcloud 34.0.1, asked.
describe('colours of theming', () => {
  it('knows a colour by three or six digits', () => {
    expect(['#fff', '#00679E', 'fff', '#ffff', 'red'].map(isColor)).toEqual([true, true, false, false, false])
  })

  it('writes black on bright colours and white on dark ones', () => {
    expect(textColorOn('#00679e')).toBe('#ffffff')
    expect(textColorOn('#ffee00')).toBe('#000000')
  })

  it('darkens very bright colours on bright pages only', () => {
    expect(elementColor('#fffffe', 'any')).toBe('#ffff65')
    expect(elementColor('#fffffe', 'dark')).toBe('#fffffe')
  })

  it('brightens very dark colours', () => {
    expect(elementColor('#000', 'any')).toBe('#4d4d4d')
    expect(elementColor('#00679e', 'any')).toBe('#00679e')
  })
})

describe('sha1', () => {
  it('hashes texts of any length', () => {
    expect(sha1('')).toBe('da39a3ee5e6b4b0d3255bfef95601890afd80709')
    expect(sha1('abc')).toBe('a9993e364706816aba3e25717850c26c9cd0d89d')
    expect(sha1('a'.repeat(119))).toBe('ee971065aaa017e0632a8ca6c77bb3bf8b1dfc56')
    expect(sha1('ä'.repeat(100))).toBe('6519633d011c15738bdd1c9d48f9f151bd47b73d')
  })
})
