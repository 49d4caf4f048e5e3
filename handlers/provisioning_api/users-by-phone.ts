import { defineEndpoint, p, s } from '#app/index.ts'
import { phpArray, phpKey } from '#lib/php.ts'
import * as accounts from '#world/accounts/accounts.ts'
import { setKnown } from '#world/accounts/known-users.ts'
import { getSystem } from '#world/settings/config.ts'

export const searchByPhoneNumbers = defineEndpoint({
  id: 'provisioning_api-users-search-by-phone-numbers',
  app: 'provisioning_api',
  method: 'POST',
  path: '/cloud/users/search/by-phone',
  access: 'user',
  summary: 'Find accounts by telephone numbers: federated cloud ids by the keys that the numbers came with',
  input: {
    location: p.string().describe('Region in which numbers without a country code are, such as DE'),
    search: p.array().describe('Lists of numbers by a key of the caller'),
  },
  output: s.record(s.string()),
  responses: { 400: s.empty() },
  probe: { location: 'US' },
  handle: async ({ world, me, request, input, ok, respond, crash }) => {
    const phone = await import('#world/accounts/phone.ts')
    if (phone.codeOfRegion(input.location) === null) return respond(400)
    const homeRegion = getSystem(world, 'default_phone_region', '')
    const keyOfNumber = new Map<string, string>()
    for (const [key, numbers] of Object.entries(input.search)) {
      for (const number of listOf(numbers)) {
        const readings = [input.location]
        // A number with its leading zero may also be one of the instance's own region.
        if (homeRegion !== '' && number.startsWith('0')) readings.push(homeRegion)
        for (const region of readings) {
          const standard = phone.toInternational(number, region)
          if (standard !== null) keyOfNumber.set(standard, key)
        }
      }
    }
    if (keyOfNumber.size === 0) return ok()
    const found = accounts.findByPhone(world, [...keyOfNumber.keys()])
    setKnown(world, me, [...found.values()])
    // PHP takes a numeric id for a place in a list, and then it is no text any more.
    if ([...found.values()].some((id) => typeof phpKey(id) === 'number')) return crash()
    return ok(phpArray([...found].map(([number, id]) => [keyOfNumber.get(number)!, `${id}@${request.host}`])))
  },
})

const listOf = (numbers: unknown): string[] =>
  typeof numbers === 'object' && numbers !== null ? Object.values(numbers).map(String) : []
