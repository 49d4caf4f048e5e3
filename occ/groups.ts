import type { CommandHandler } from '#console/command.ts'
import { defineReleaseCommands } from '#console/define-command.ts'
import { writeArray } from '#console/write-in-format.ts'
import { toInt } from '#lib/php.ts'
import * as groups from '#world/accounts/groups.ts'
import * as users from '#world/accounts/users.ts'

const BACKENDS = ['Database']

const add: CommandHandler = ({ input, world, output }) => {
  const id = input.text('groupid')
  switch (groups.add(world, id)) {
    case 'exists':
      output.writeln(`<error>Group "${id}" already exists.</error>`)
      return 1
    case 'empty':
    case 'too-long':
    case 'taken':
      output.writeln('<error>Could not create group</error>')
      return 2
    case 'added':
      output.writeln(`Created group "${groups.idFor(world, id)}"`)
      groups.setDisplayName(world, groups.idFor(world, id), input.value('display-name') ?? '')
      return 0
  }
}

const remove: CommandHandler = ({ input, world, output }) => {
  const id = input.text('groupid')
  // The administrators' group is spared before it is looked for.
  switch (id === groups.ADMIN ? 'protected' : groups.remove(world, id)) {
    case 'protected':
      output.writeln(`<error>Group "${id}" could not be deleted.</error>`)
      return 1
    case 'not-found':
      output.writeln(`<error>Group "${id}" does not exist.</error>`)
      return 1
    case 'removed':
      output.writeln(`Group "${id}" was removed`)
      return 0
  }
}

const info: CommandHandler = (context) => {
  const { input, world, output } = context
  const id = input.text('groupid')
  const group = groups.find(world, id)
  if (!group) {
    output.writeln(`<error>Group "${id}" does not exist.</error>`)
    return 1
  }
  writeArray(context, { groupID: id, displayName: group.displayName, backends: BACKENDS })
  return 0
}

const list: CommandHandler = (context) => {
  const { input, world } = context
  const limit = toInt(input.value('limit'))
  const found = groups.search(world, {
    search: input.text('searchstring'),
    limit: limit <= 0 ? null : limit,
    offset: toInt(input.value('offset')),
  })
  const described = found.map(({ id, displayName }) => {
    const members = groups.members(world, id)
    return [id, input.flag('info') ? { displayName, backends: BACKENDS, users: members } : members] as const
  })
  writeArray(context, new Map(described))
  return 0
}

/** Change the membership of each account that exists, and say so of each. */
function changeMembers(
  change: (world: Parameters<typeof groups.addMember>[0], groupId: string, userId: string) => void,
  texts: { readonly done: string; readonly some: string },
): CommandHandler {
  return ({ input, world, output }) => {
    const group = groups.find(world, input.text('group'))
    if (!group) {
      output.writeln('<error>group not found</error>')
      return 1
    }
    const wanted = input.list('user')
    let found = 0
    for (const userId of wanted) {
      const user = users.find(world, userId)
      if (!user) output.writeln(`<error>user ${userId} not found</error>`)
      else {
        found++
        change(world, group.id, user.id)
        output.writeln(`<info>user ${userId} ${texts.done}</info>`)
      }
    }
    if (found > 0 && found < wanted.length) output.writeln(`<error>${texts.some}</error>`)
    return found === wanted.length ? 0 : 1
  }
}

export const groupCommands = defineReleaseCommands({
  'group:add': add,
  'group:delete': remove,
  'group:info': info,
  'group:list': list,
  'group:adduser': changeMembers(groups.addMember, {
    done: 'added',
    some: 'Some users were not found, all others where added to the group.',
  }),
  'group:removeuser': changeMembers(groups.removeMember, {
    done: 'removed',
    some: 'Some users were not found, all others where removed from the group.',
  }),
})
