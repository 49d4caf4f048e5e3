import { expect, it } from 'vitest'
import { queryOf } from '#lib/query.ts'

// As `strtr(http_build_query(…), …)` of the server's generator writes them.
it.each([
  ['/ocs/v1.php/a?format=json&path=%2Fone.txt', '/ocs/v1.php/a?format%3Djson%26path%3D%2Fone.txt'],
  ['/a/%C3%A4', '/a/%25C3%25A4'],
  ['a@b:c!d;e,f*g', 'a@b:c!d;e,f*g'],
  ["it's (here)", 'it%27s%20%28here%29'],
  ['%2520', '%252520'],
  ['%2f', '%252f'],
])('an address has %s as %s', (value, written) => {
  expect(queryOf({ to: value })).toBe(`to=${written}`)
})
