import type { CommandContext, CommandHandler } from '#console/command.ts'
import { defineReleaseCommands } from '#console/define-command.ts'
import { notBuilt } from '#console/not-built.ts'
import { phpJson, phpJsonPretty } from '#console/php-json.ts'
import { beginProgress } from '#console/progress.ts'
import { renderTable } from '#console/table.ts'
import { uncaughtError } from '#console/uncaught-error.ts'
import * as groups from '#world/accounts/groups.ts'
import * as users from '#world/accounts/users.ts'
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
  const settings = ldap.settings(world, id, await settingsOf(context), true)
  output.writeln(
    settings.ldapConfigurationActive === '1' && ldap.problemOf(settings) === null
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

/** Nobody here comes from LDAP. */
const resetUser: CommandHandler = ({ input, world, output }) => {
  const isThere = users.find(world, input.text('uid')) !== undefined
  output.writeln(`<error>${isThere ? 'The given user is not a recognized LDAP user.' : 'User not found'}</error>`)
  return 1
}

const resetGroup: CommandHandler = ({ input, world, output }) => {
  const isThere = groups.find(world, input.text('gid')) !== undefined
  output.writeln(isThere ? 'The given group is not a recognized LDAP group.' : 'Group not found')
  return 1
}

const promoteGroup: CommandHandler = ({ output }) => {
  output.writeln('<error>No matching group found</error>')
  return 1
}

/** Nobody here has an identifier of LDAP that could be another now. */
const updateUuid: CommandHandler = (context) => {
  const { input, output } = context
  const asked = [...input.values('userId'), ...input.values('groupId'), ...input.values('dn')]
  if (asked.length > 0) return notBuilt('ldap:update-uuid')(context)
  beginProgress(context)
  output.writeln(['', '<info>No record was updated.</info>'])
  return 0
}

const testUser: CommandHandler = ({ world }) => {
  throw uncaughtError(world, {
    error: 'Error: Call to a member function getConnection() on bool',
    at: 'apps/user_ldap/lib/Command/TestUserSettings.php:64',
    frames: [],
    command: 'OCA\\User_LDAP\\Command\\TestUserSettings',
  })
}

export const ldapCommands = defineReleaseCommands({
  'ldap:check-group': check('group', 'CheckGroup', 71),
  'ldap:check-user': check('user', 'CheckUser', 111),
  'ldap:create-empty-config': create,
  'ldap:delete-config': remove,
  'ldap:promote-group': promoteGroup,
  'ldap:reset-group': resetGroup,
  'ldap:reset-user': resetUser,
  'ldap:search': () => 0,
  'ldap:set-config': set,
  'ldap:show-config': show,
  'ldap:show-remnants': showRemnants,
  'ldap:test-config': test,
  'ldap:test-user-settings': testUser,
  'ldap:update-uuid': updateUuid,
})
