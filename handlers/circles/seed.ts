import { defineSeedMember, inPlace, SeedError, s, users } from '#app/index.ts'
import * as circles from './state.ts'

const teamSeed = s.object({
  name: s.string(),
  owner: s.string(),
  id: s.optional(s.described('default: a random one', s.string())),
  members: s.optional(s.described('accounts besides its owner', s.list(s.string()))),
})

/** `teams: [{ id: design, name: Design, owner: alice, members: [bob] }]` */
export const seededTeams = defineSeedMember({
  name: 'teams',
  after: ['users', 'groups', 'apps'],
  schema: s.described('teams of accounts', s.list(teamSeed)),
  read: (world, list) => {
    for (const [i, { name, owner, id, members = [] }] of list.entries()) {
      inPlace(i, () => {
        const stranger = [owner, ...members].find((userId) => !users.find(world, userId))
        if (stranger !== undefined) throw new SeedError([], `there is no account "${stranger}".`)
        if (id !== undefined && circles.find(world, id)) throw new SeedError(['id'], `there is a team "${id}" already.`)
        const team = circles.create(world, owner, name, false, id === undefined ? {} : { id })
        if (team === 'too-short') throw new SeedError(['name'], 'a name has three characters at least.')
        for (const userId of members) circles.add(world, team, userId, owner)
      })
    }
  },
})
