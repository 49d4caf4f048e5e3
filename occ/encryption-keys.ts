import type { CommandContext, CommandHandler } from '#console/command.ts'
import { defineReleaseCommands } from '#console/define-command.ts'
import { CommandException, thrownAt } from '#console/errors.ts'
import { fail } from '#console/fail.ts'
import { beginProgress } from '#console/progress.ts'
import { isEnabled } from '#world/settings/apps.ts'
import { getApp, getSystemBool, setApp } from '#world/settings/config.ts'
import type { World } from '#world/world.ts'

const ROOT = 'encryption_key_storage_root'

const showRoot: CommandHandler = ({ output, world }) => {
  const root = getApp(world, 'core', ROOT) || 'default storage location (data/)'
  output.writeln(`Current key storage root:  <info>${root}</info>`)
  return 0
}

const described = (root: string) => `<info>${root === '' ? 'default storage location' : root}</info>`

/** Keys can only go to a folder among the files of the server, and a fake has none to put them in. */
const changeRoot: CommandHandler = async ({ input, output, world }) => {
  const old = getApp(world, 'core', ROOT)
  const given = input.argument('newRoot')
  const question = 'No storage root given, do you want to reset the key storage root to the default location? (y/n) '
  if (given === null && !(await input.confirm(question, false))) return 1
  const root = given === null ? '' : String(given)
  output.writeln(`Change key storage root from ${described(old)} to ${described(root)}`)
  output.writeln('Start to move keys:')
  if (root !== '') {
    const advice = "New root folder doesn't exist. Please create the folder or check the permissions and try again."
    throw thrownAt('ChangeKeyStorageRoot', 106, advice)
  }
  setApp(world, 'core', ROOT, '')
  output.writeln(['', `Key storage root successfully changed to ${described(root)}`])
  return 0
}

const migrate: CommandHandler = (context) => {
  context.output.writeln(['Updating key storage format', 'Start to update the keys:'])
  beginProgress(context)
  context.output.writeln('Key storage format successfully updated')
  return 0
}

const isOn = (world: World) => getApp(world, 'core', 'encryption_enabled', 'no') === 'yes'

const NO_TTY = [
  'Invalid TTY.',
  'If you are trying to execute the command in a Docker ',
  "container, do not forget to execute 'docker exec' with",
  "the '-i' and '-t' options.",
  '',
]

const whatWillBe = (verb: string, where: string) => `You are about to ${verb} all files stored in ${where}.`

/** Files are never encrypted in a fake; that they are to be changes how the commands answer. */
const encryptAll: CommandHandler = async (context) => {
  const { input, output, world } = context
  if (!isOn(world)) throw thrownAt('EncryptAll', 79, 'Server side encryption is not enabled')
  if (getSystemBool(world, 'maintenance', false))
    return fail(context, 'This command cannot be run with maintenance mode enabled.')
  output.writeln([
    '\n',
    whatWillBe('encrypt', 'your Nextcloud installation'),
    'Depending on the number of available files, and their size, this may take quite some time.',
    'Please ensure that no user accesses their files during this time!',
    'Note: The encryption module you use determines which files get encrypted.',
    '',
  ])
  if (!(await input.confirm('Do you really want to continue? (y/n) ', true))) {
    output.writeln('aborted')
    return 1
  }
  if (!isEnabled(world, 'encryption')) throw new CommandException('No encryption module is loaded')
  return 0
}

const decryptAll: CommandHandler = async ({ input, output, world }: CommandContext) => {
  if (!input.interactive) {
    output.writeln(NO_TTY)
    return 1
  }
  const wasOn = isOn(world)
  if (wasOn) output.writeln('Disable server side encryption... done.')
  else output.writeln('Server side encryption not enabled. Nothing to do.')
  const user = input.text('user')
  output.writeln([
    '\n',
    whatWillBe('start to decrypt', user === '' ? 'your Nextcloud' : `${user}'s account`),
    'It will depend on the encryption module and your setup if this is possible.',
    'Depending on the number and size of your files this can take some time',
    'Please make sure that no user access his files during this process!',
    '',
  ])
  if (await input.confirm('Do you really want to continue? (y/n) ', false)) {
    if (wasOn) setApp(world, 'core', 'encryption_enabled', user === '' ? 'no' : 'yes')
    if (wasOn && user !== '') output.writeln('Server side encryption remains enabled')
    return 0
  }
  if (wasOn) output.writeln('Enable server side encryption... done.')
  output.writeln('aborted')
  return 1
}

export const encryptionKeyCommands = defineReleaseCommands({
  'encryption:show-key-storage-root': showRoot,
  'encryption:change-key-storage-root': changeRoot,
  'encryption:migrate-key-storage-format': migrate,
  'encryption:encrypt-all': encryptAll,
  'encryption:decrypt-all': decryptAll,
})
