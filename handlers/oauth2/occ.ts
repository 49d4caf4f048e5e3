import type { CommandHandler } from '#console/command.ts'
import { defineReleaseCommands } from '#console/define-command.ts'
import { writeArray } from '#console/write-in-format.ts'
import { toInt } from '#lib/php.ts'
import * as clients from '#world/accounts/oauth-clients.ts'
import { NO_ADDRESS } from './clients.ts'

const add: CommandHandler = (context) => {
  const { input, output, world } = context
  const [name, redirectUri] = [input.text('client-name'), input.text('client-redirect-uri')]
  const problem =
    name === '' || redirectUri === ''
      ? 'Redirect uri or name is empty'
      : clients.isAddress(redirectUri)
        ? null
        : NO_ADDRESS
  if (problem !== null) {
    output.writeln(`<error>${problem}</error>`)
    return 1
  }
  writeArray(context, { ...clients.add(world, { name, redirectUri }) })
  return 0
}

const remove: CommandHandler = ({ input, output, world }) => {
  const id = toInt(input.text('client-id'))
  const client = clients.find(world, id)
  if (client) {
    clients.remove(world, client)
    return 0
  }
  const problem = id === 0 ? 'The given id is not a valid positive integer.' : `could not find client with id ${id}`
  output.writeln(`<error>${problem}</error>`)
  return 1
}

export const commands = defineReleaseCommands({ 'oauth2:add-client': add, 'oauth2:delete-client': remove })
