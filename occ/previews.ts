import type { CommandHandler } from '#console/command.ts'
import { defineReleaseCommands } from '#console/define-command.ts'
import { fail } from '#console/fail.ts'
import { isNumeric } from '#lib/php.ts'
import * as avatars from '#world/accounts/avatars.ts'
import { drawnAccounts } from '#world/files/appdata.ts'
import { hasPreview } from '#world/files/previews.ts'
import * as paths from '#world/files/server-paths.ts'

/** `64` or `64x32`. */
const isSize = (text: string) => {
  const [width, height] = text.includes('x') ? text.split(/x(.*)/, 2) : [text, text]
  return isNumeric(width ?? '') && isNumeric(height ?? '')
}

/** Previews are made whenever somebody asks for them; to make one now changes nothing. */
const generate: CommandHandler = (context) => {
  const { input, output, world } = context
  const [sizes, mode, given] = [input.values('size'), input.value('mode'), input.text('file')]
  const wrong = sizes.filter((text) => !isSize(text))
  for (const size of wrong) fail(context, `Invalid size ${size}`)
  if (wrong.length > 0) return 1
  if (mode !== 'fill' && mode !== 'cover') return fail(context, `Invalid mode ${mode}`)
  const found = paths.find(world, given)
  if (!found) return fail(context, `File ${given} not found`)
  if (found.node.type === 'folder') return fail(context, "Can't generate previews for folders")
  if (!hasPreview(found.node)) return fail(context, `No preview generator available for file of type${found.node.mime}`)
  output.writeln(sizes.length > 1 ? `generated <info>${sizes.length}</info> previews` : 'preview generated')
  return 0
}

/** Where previews once were there is nothing any more since Nextcloud 34, which the command takes for an error. */
const cleanUp: CommandHandler = ({ output }) => {
  output.writeln("Previews can't be removed: preview folder isn't deletable")
  return 1
}

/** Pictures that were drawn for accounts are drawn again when they are next asked for. */
const resetRenderedTexts: CommandHandler = ({ input, output, world }) => {
  if (input.flag('dry')) output.writeln(['INFO: The command is run in dry mode and will not modify anything.', ''])
  const drawn = drawnAccounts(world).filter(({ id }) => !avatars.find(world, id))
  output.writeln([`Deleted ${drawn.length} avatars`, '', 'Deleted 0 previews'])
  return 0
}

export const previewCommands = defineReleaseCommands({
  'preview:generate': generate,
  'preview:cleanup': cleanUp,
  'preview:reset-rendered-texts': resetRenderedTexts,
})
