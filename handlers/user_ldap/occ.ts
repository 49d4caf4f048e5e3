import type { CommandContext, CommandHandler } from '#console/command.ts'
import { defineReleaseCommands } from '#console/define-command.ts'
import { phpJson, phpJsonPretty } from '#console/php-json.ts'
import { renderTable } from '#console/table.ts'
import { uncaughtError } from '#console/uncaught-error.ts'
import { ldapSettings } from './data.ts'
import * as ldap from './state/configurations.ts'

const byName = (a: ldap.LdapSetting, b: ldap.LdapSetting) => (a.name < b.name ? -1 : 1)
/** The command line lists them by name, the API in an order of its own. */
const settingsOf = async ({ profile }: CommandContext): Promise<readonly ldap.LdapSetting[]> =>
  (await ldapSettings.load(profile)).toSorted(byName)

const unknownConfig = ({ output }: CommandContext): 1 => {
  output.writeln('Invalid configID')
  return 1
}

const create: CommandHandler = ({ input, world, output }) => {
  if (input.flag('only-print-prefix')) output.writeln(ldap.create(world))
  else output.writeln(`Created new configuration with configID ${ldap.create(world)}`)
  return 0
}

const show: CommandHandler = async (context) => {
  const { input, world, output } = context
  const wanted = input.text('configID')
  const all = ldap.ids(world)
  if (wanted !== '' && !all.includes(wanted)) return unknownConfig(context)
  const shown = wanted === '' ? all : [wanted]
  const known = await settingsOf(context)
  const values = (id: string) => ldap.settings(world, id, known, input.flag('show-password'))
  const format = input.value('output')
  if (format === 'json' || format === 'json_pretty') {
    const document = Object.fromEntries(shown.map((id) => [id, values(id)]))
    output.writeln(format === 'json' ? phpJson(document) : phpJsonPretty(document))
    return 0
  }
  for (const id of shown) renderTable(output, ['Configuration', id], Object.entries(values(id)))
  return 0
}

const set: CommandHandler = async (context) => {
  const { input, world } = context
  const id = input.text('configID')
  if (!ldap.ids(world).includes(id)) return unknownConfig(context)
  ldap.set(world, id, await settingsOf(context), input.text('configKey'), input.text('configValue'))
  return 0
}

const remove: CommandHandler = ({ input, world, output }) => {
  const id = input.text('configID')
  const isRemoved = ldap.remove(world, id) === 'removed'
  output.writeln(`${isRemoved ? 'Deleted' : 'Cannot delete'} configuration with configID '${id}'`)
  return isRemoved ? 0 : 1
}

/** No LDAP server stands behind a fake, and a configuration that is not active is invalid. */
const test: CommandHandler = async (context) => {
  const { input, world, output } = context
  const id = input.text('configID')
  if (!ldap.ids(world).includes(id)) return unknownConfig(context)
  const isActive = ldap.settings(world, id, await settingsOf(context)).ldapConfigurationActive === '1'
  output.writeln(
    isActive
      ? 'The configuration is valid, but the bind failed. Please check the server settings and credentials.'
      : 'The configuration is invalid. Please have a look at the logs for further details.',
  )
  return 1
}

/** Looking for someone fails over inactive configurations; forced, the real server breaks down without a server. */
function check(kind: 'user' | 'group', commandClass: string, line: number): CommandHandler {
  return ({ input, world, output }) => {
    if (!ldap.hasInactive(world) || input.flag('force')) {
      const file = `apps/user_ldap/lib/Command/${commandClass}.php`
      const name = `OCA\\User_LDAP\\Command\\${commandClass}`
      throw uncaughtError(world, {
        error: 'Error: Call to a member function stringResemblesDN() on bool',
        at: `${file}:${line}`,
        frames: kind === 'user' ? [`${file}(83): ${name}->checkUser()`] : [],
        command: name,
      })
    }
    const reason = 'disabled LDAP configurations are present.'
    output.writeln(`<error>Cannot check ${kind} existence, because ${reason}</error>`)
    return 1
  }
}

/** Nobody was ever found, so nobody is missing. */
const showRemnants: CommandHandler = ({ input, output }) => {
  if (input.flag('json')) output.writeln('[]')
  else renderTable(output, REMNANTS, [])
  return 0
}

const REMNANTS = ['Nextcloud name', 'Display Name', 'LDAP UID', 'LDAP DN', 'Last Login', 'Detected on', 'Dir', 'Sharer']

export const ldapCommands = defineReleaseCommands({
  'ldap:check-group': check('group', 'CheckGroup', 71),
  'ldap:check-user': check('user', 'CheckUser', 111),
  'ldap:create-empty-config': create,
  'ldap:delete-config': remove,
  'ldap:search': () => 0,
  'ldap:set-config': set,
  'ldap:show-config': show,
  'ldap:show-remnants': showRemnants,
  'ldap:test-config': test,
})
