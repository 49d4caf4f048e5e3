import type { CommandHandler } from '#console/command.ts'
import { defineReleaseCommands } from '#console/define-command.ts'
import { CommandException } from '#console/errors.ts'
import { uncaughtError } from '#console/uncaught-error.ts'
import * as apps from '#world/settings/apps.ts'
import { serverRoot } from '#world/settings/server-root.ts'
import { appPath } from './apps.ts'

/** A fake has no other database to convert to; the real server without PHP's driver for it ends the same way. */
const convertDatabase: CommandHandler = ({ input, output }) => {
  const type = input.text('type')
  if (type === 'sqlite3') {
    throw new CommandException('Converting to SQLite (sqlite3) is currently not supported.', {
      phpClass: 'InvalidArgumentException',
      at: { file: 'ConvertType.php', line: 110 },
    })
  }
  if (!['mysql', 'pgsql', 'oci'].includes(type)) {
    throw new CommandException(`Unsupported type: ${type}`, {
      phpClass: 'InvalidArgumentException',
      at: { file: 'ConnectionFactory.php', line: 89 },
    })
  }
  // Asked to clear the other schema first, it connects before it says what it does.
  if (!input.flag('clear-schema')) output.writeln('Creating schema in new database')
  throw new CommandException(
    'Failed to connect to the database: An exception occurred in the driver: could not find driver',
    { at: { file: 'Connection.php', line: 228 } },
  )
}

/** Apps come with ready translations, never with the PHP files that they would be made from. */
const createTranslations: CommandHandler = ({ input, world }) => {
  const app = input.argument('app')
  if (app === null) {
    const caller = 'core/Command/L10n/CreateJs.php'
    throw uncaughtError(world, {
      error: `TypeError: OC\\App\\AppManager::getAppPath(): Argument #1 ($appId) must be of type string, null given, called in ${serverRoot(world)}/${caller} on line 53 and defined`,
      at: 'lib/private/App/AppManager.php:728',
      frames: [`${caller}(53): OC\\App\\AppManager->getAppPath()`],
      command: 'OC\\Core\\Command\\L10n\\CreateJs',
    })
  }
  if (!apps.find(world, String(app))) {
    throw new CommandException(`Could not find path for ${app}`, { at: { file: 'AppManager.php', line: 739 } })
  }
  const [language] = input.list('lang')
  if (language === undefined) return 0
  throw new CommandException(
    `PHP translation file <${appPath(world, String(app))}/l10n/${language}.php> does not exist.`,
    { phpClass: 'UnexpectedValueException', at: { file: 'CreateJs.php', line: 126 } },
  )
}

export const serverToolCommands = defineReleaseCommands({
  'db:convert-type': convertDatabase,
  'l10n:createjs': createTranslations,
})
