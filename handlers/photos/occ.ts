import type { CommandContext, CommandHandler } from '#console/command.ts'
import { defineReleaseCommands } from '#console/define-command.ts'
import { thrownAt } from '#console/errors.ts'
import { fail } from '#console/fail.ts'
import * as users from '#world/accounts/users.ts'
import * as files from '#world/files/files.ts'
import { serverPath } from '#world/files/server-paths.ts'
import * as albums from './state.ts'

function accountOf({ input, world }: CommandContext, file: string, line: number): users.User {
  const user = users.find(world, input.text('user'))
  if (!user) throw thrownAt(file, line, `User ${input.text('user')} was not found`)
  return user
}

const create: CommandHandler = (context) => {
  const { input, world } = context
  const user = accountOf(context, 'AlbumCreateCommand', 49)
  const name = input.text('album')
  const made = { userId: user.id, name, location: input.value('location') ?? '' }
  if (albums.create(world, made) === 'exists')
    throw thrownAt('AlbumCreateCommand', 55, `Album ${name} already exists and cannot be created.`)
  return 0
}

const PICTURE = /^(?:image|video)\//

const add: CommandHandler = (context) => {
  const { input, output, world } = context
  const user = accountOf(context, 'AlbumAddCommand', 51)
  const [name, path] = [input.text('album'), files.normalize(input.text('file'))]
  const entry = files.resolve(world, user.id, path)
  if (!entry) {
    fail(context, 'Invalid file path')
    output.writeln(serverPath({ userId: user.id, path }))
    return 1
  }
  const album = albums.find(world, user.id, name)
  if (!album) throw thrownAt('AlbumAddCommand', 65, `Album ${name} was not found`)
  const isPicture = PICTURE.test(entry.node.mime)
  if (isPicture && albums.addFile(world, album, entry.node.id) === 'added') return 0
  fail(context, `Problem adding ${input.text('file')} to ${name}`)
  output.writeln(isPicture ? 'File already in album' : 'Invalid mimetype')
  return 1
}

/** Which places pictures were taken at is nothing that a fake knows, nor a server without the internet. */
const updateCities: CommandHandler = (context) => {
  fail(context, 'Failed to update reverse geocoding files')
  context.output.writeln('Places is disabled')
  return 1
}

export const photoCommands = defineReleaseCommands({
  'photos:albums:create': create,
  'photos:albums:add': add,
  'photos:update-1000-cities': updateCities,
})
