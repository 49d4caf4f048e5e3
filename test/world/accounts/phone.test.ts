import { describe, expect, it } from 'vitest'
import { codeOfRegion, toInternational } from '#world/accounts/phone.ts'

describe('a telephone number', () => {
  it.each([
    ['+49 711 252 42 8', 'EN', '+49711252428'],
    ['0711 / 25 24 28', 'DE', '+49711252428'],
    ['+49 (0)711 252428', 'US', '+49711252428'],
    ['00 49 711 252428', 'DE', '+49711252428'],
    ['12025550100', 'US', '+12025550100'],
    ['011 49 711 252428', 'US', '+49711252428'],
    ['(202) 555-0100 ext. 12', 'US', '+12025550100'],
    ['1-800-FLOWERS', 'US', '+18003569377'],
    ['tel:+44 20 7946 0958', 'DE', '+442079460958'],
    ['011 15 2345 6789', 'AR', '+5491123456789'],
    ['06 698 12345', 'IT', '+390669812345'],
    ['+800 1234 5678', 'EN', '+80012345678'],
    ['+7 701 234 5678', 'EN', '+77012345678'],
  ])('"%s" in %s is %s', (given, region, expected) => {
    expect(toInternational(given, region)).toBe(expected)
  })

  it.each([
    ['0711 252428', 'EN'],
    ['123', 'DE'],
    ['+49123', 'DE'],
    ['+999 12345678', 'DE'],
    ['+0 123 4567', 'DE'],
    ['words', 'DE'],
    ['', 'DE'],
    ['1'.repeat(300), 'DE'],
  ])('cannot be "%s" in %s', (given, region) => {
    expect(toInternational(given, region)).toBeNull()
  })

  it('has the country code of its region', () => {
    expect(['DE', 'us', 'XX', ''].map(codeOfRegion)).toEqual(['49', '1', null, null])
  })
})
