import type { CommandHandler } from '#console/command.ts'
import { renderTable } from '#console/table.ts'
import * as directory from '#world/accounts/ldap-directory.ts'
import { command } from './command.ts'
import * as ldap from './ldap-configurations.ts'

const CONFIG_ID = 'configID'
const INVALID_ID = 'Invalid configID'

const search: CommandHandler = ({ world, input, output }) => {
  const text = input.text('search').toLowerCase()
  const offset = Number(input.value('offset') ?? 0)
  const limit = Number(input.value('limit') ?? 15)
  const lines = input.flag('group')
    ? directory.groups(world)
    : directory
        .accounts(world)
        .filter(({ gone }) => !gone)
        .map(({ uid, displayName }) => `${displayName} (${uid})`)
  const found = lines.filter((line) => line.toLowerCase().includes(text))
  for (const line of found.slice(offset, offset + limit)) output.writeln(line)
  return 0
}

const checkUser: CommandHandler = ({ world, input, output }) => {
  const uid = input.text('ocName')
  if (!input.flag('force') && ldap.hasDisabledConfig(world)) {
    output.writeln('<error>Cannot check user existence, because disabled LDAP configurations are present.</error>')
    return 0
  }
  const account = directory.accounts(world).find((candidate) => candidate.uid === uid)
  if (!account) {
    output.writeln('<error>The given user is not a recognized LDAP user.</error>')
    return 0
  }
  if (!account.gone) output.writeln('The user is still available on LDAP.')
  else
    output.writeln([
      'The user does not exists on LDAP anymore.',
      `Clean up the user's remnants by: ./occ user:delete "${uid}"`,
    ])
  return 0
}

const createEmptyConfig: CommandHandler = ({ world, output }) => {
  output.writeln(`Created new configuration with configID '${ldap.createConfig(world)}'`)
  return 0
}

const showConfig: CommandHandler = ({ world, input, output }) => {
  const known = ldap.configIds(world)
  const asked = input.argument(CONFIG_ID)
  if (asked !== null && !known.includes(String(asked))) {
    output.writeln(INVALID_ID)
    return 0
  }
  for (const id of asked === null ? known : [String(asked)]) {
    renderTable(output, ['Configuration', id], Object.entries(ldap.settingsOf(world, id)))
  }
  return 0
}

const setConfig: CommandHandler = ({ world, input, output }) => {
  const outcome = ldap.setSetting(world, input.text(CONFIG_ID), input.text('configKey'), input.text('configValue'))
  if (outcome === 'not-found') output.writeln(INVALID_ID)
  return 0
}

const deleteConfig: CommandHandler = ({ world, input, output }) => {
  const id = input.text(CONFIG_ID)
  const outcome = ldap.deleteConfig(world, id)
  output.writeln(
    outcome === 'deleted'
      ? `Deleted configuration with configID '${id}'`
      : `Cannot delete configuration with configID '${id}'`,
  )
  return 0
}

const TESTED = {
  'not-found': INVALID_ID,
  invalid: 'The configuration is invalid. Please have a look at the logs for further details.',
  'not-reachable': 'The configuration is valid, but the Bind failed. Please check the server settings and credentials.',
  works: 'The configuration is valid and the connection could be established!',
} as const

const testConfig: CommandHandler = ({ world, input, output }) => {
  output.writeln(TESTED[ldap.testConfig(world, input.text(CONFIG_ID))])
  return 0
}

const showRemnants: CommandHandler = ({ world, output }) => {
  const gone = directory.accounts(world).filter((account) => account.gone)
  renderTable(
    output,
    ['ownCloud name', 'Display Name'],
    gone.map(({ uid, displayName }) => [uid, displayName]),
  )
  return 0
}

const configId = (required: boolean) => ({ name: CONFIG_ID, required, description: 'the configuration ID' })

export const ldapCommands = [
  command(
    {
      name: 'ldap:check-user',
      description: 'checks whether a user exists on LDAP.',
      arguments: [{ name: 'ocName', required: true, description: 'the user name as used in ownCloud' }],
      options: [{ name: 'force', description: 'ignores disabled LDAP configuration' }],
    },
    checkUser,
  ),
  command({ name: 'ldap:create-empty-config', description: 'creates an empty LDAP configuration' }, createEmptyConfig),
  command(
    { name: 'ldap:delete-config', description: 'deletes an existing LDAP configuration', arguments: [configId(true)] },
    deleteConfig,
  ),
  command(
    {
      name: 'ldap:search',
      description: 'executes a user or group search',
      arguments: [{ name: 'search', required: true, description: 'the search string (can be empty)' }],
      options: [
        { name: 'group', description: 'searches groups instead of users' },
        {
          name: 'offset',
          value: 'required',
          description: 'The offset of the result set. Needs to be a multiple of limit. defaults to 0.',
          default: 0,
        },
        {
          name: 'limit',
          value: 'required',
          description: 'limit the results. 0 means no limit, defaults to 15',
          default: 15,
        },
      ],
    },
    search,
  ),
  command(
    {
      name: 'ldap:set-config',
      description: 'modifies an LDAP configuration',
      arguments: [
        configId(true),
        { name: 'configKey', required: true, description: 'the configuration key' },
        { name: 'configValue', required: true, description: 'the new configuration value' },
      ],
    },
    setConfig,
  ),
  command(
    { name: 'ldap:show-config', description: 'shows the LDAP configuration', arguments: [configId(false)] },
    showConfig,
  ),
  command(
    {
      name: 'ldap:show-remnants',
      description: 'shows which users are not available on LDAP anymore, but have remnants in ownCloud.',
    },
    showRemnants,
  ),
  command(
    { name: 'ldap:test-config', description: 'tests an LDAP configuration', arguments: [configId(true)] },
    testConfig,
  ),
]
