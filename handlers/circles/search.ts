import { defineEndpoint, defineSearchProvider, p, paginated, s } from '#app/index.ts'
import { contextOf } from './circles.ts'
import { foundParty } from './format.ts'
import * as circles from './state.ts'

/** Pages without an end of teams whose names have each word of what is looked for. */
export const circleSearch = defineSearchProvider({
  id: 'circles',
  search(query, { world, me, baseUrl }) {
    const words = query.term.toLowerCase().split(' ')
    const found = circles
      .visibleTo(world, me)
      .filter(({ displayName }) => words.every((word) => displayName.toLowerCase().includes(word)))
      .map(({ displayName, description }) => ({
        title: displayName,
        subline: description,
        resourceUrl: '',
        icon: `${baseUrl}/apps/circles/img/circles.svg`,
      }))
    return paginated(found, query)
  },
})

export const searchParties = defineEndpoint({
  id: 'circles:GET /apps/circles/search',
  app: 'circles',
  method: 'GET',
  path: '/apps/circles/search',
  access: 'user',
  summary: 'Whom the app knows by a part of the id: once by itself, and once more for each group and team that has it',
  input: { term: p.string() },
  output: s.list(
    s.object({ id: s.string(), userId: s.string(), userType: s.int(), displayName: s.string(), instance: s.string() }),
  ),
  probe: { term: 'a' },
  handle: (args) => {
    const { input, world, ok } = args
    const wanted = input.term.toLowerCase()
    const found = circles.allParties(world).filter(({ knownBy }) => knownBy.toLowerCase().includes(wanted))
    return ok(found.map((party) => foundParty(contextOf(args), party)))
  },
})
