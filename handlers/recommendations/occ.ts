import type { CommandHandler } from '#console/command.ts'
import { defineReleaseCommands } from '#console/define-command.ts'
import { toInt } from '#lib/php.ts'
import * as users from '#world/accounts/users.ts'
import { joinPath, normalize } from '#world/files/entries.ts'
import { serverPath } from '#world/files/server-paths.ts'
import * as recommendations from './state.ts'

const recommend: CommandHandler = ({ input, output, world }) => {
  const user = users.find(world, input.text('uid'))
  if (!user) {
    output.writeln('user does not exist')
    return 1
  }
  const most = toInt(input.text('max')) || recommendations.MOST
  for (const { reason, directory, name, at } of recommendations.list(world, user.id, most))
    output.writeln(`${reason}: ${serverPath({ userId: user.id, path: joinPath(normalize(directory), name) })} (${at})`)
  return 0
}

export const recommendationCommands = defineReleaseCommands({ 'files:recommendations:recommend': recommend })
