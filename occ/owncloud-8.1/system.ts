import type { CommandHandler } from '#console/command.ts'
import { writeArray } from '#console/write-in-format.ts'
import * as users from '#world/accounts/users.ts'
import * as config from '#world/settings/config.ts'
import { command, OUTPUT } from './command.ts'

const setBackgroundMode =
  (mode: string): CommandHandler =>
  ({ world, output }) => {
    config.setApp(world, 'core', 'backgroundjobs_mode', mode)
    output.writeln(`Set mode for background jobs to '${mode}'`)
    return 0
  }

const backgroundCommands = ['ajax', 'cron', 'webcron'].map((mode) =>
  command({ name: `background:${mode}`, description: `Use ${mode} to run background jobs` }, setBackgroundMode(mode)),
)

const DATABASES = ['mysql', 'pgsql', 'oci']

const convertType: CommandHandler = async ({ world, input, output, errorOutput }) => {
  const type = input.text('type')
  if (!DATABASES.includes(type)) {
    errorOutput.writeln(
      `<error>Converting to ${type} is currently not supported. Supported: ${DATABASES.join(', ')}.</error>`,
    )
    return 1
  }
  if (config.getSystem(world, 'dbtype', 'sqlite') === type) {
    errorOutput.writeln(`<error>Can not convert from ${type} to ${type}.</error>`)
    return 1
  }
  const password = input.value('password') ?? (await input.ask('What is the database password?', true)) ?? ''
  output.writeln('<info>Creating schema in new database</info>')
  const values = {
    dbtype: type,
    dbname: input.text('database'),
    dbhost: input.text('hostname'),
    dbuser: input.text('username'),
    dbpassword: password,
  }
  for (const [key, value] of Object.entries(values)) config.setSystem(world, key, value)
  return 0
}

const convertTypeCommand = command(
  {
    name: 'db:convert-type',
    description: 'Convert the ownCloud database to the newly configured one',
    arguments: [
      { name: 'type', required: true, description: 'the type of the database to convert to' },
      { name: 'username', required: true, description: 'the username of the database to convert to' },
      { name: 'hostname', required: true, description: 'the hostname of the database to convert to' },
      { name: 'database', required: true, description: 'the name of the database to convert to' },
    ],
    options: [
      { name: 'port', value: 'required', description: 'the port of the database to convert to' },
      { name: 'password', value: 'required', description: 'the password of the database to convert to' },
      { name: 'clear-schema', description: 'remove all tables from the destination database' },
      { name: 'all-apps', description: 'whether to create schema for all apps instead of only installed apps' },
    ],
  },
  convertType,
)

const isEncrypted = (world: Parameters<typeof config.getApp>[0]) =>
  config.getApp(world, 'core', 'encryption_enabled', 'no') === 'yes'

const migrateKeys: CommandHandler = ({ world, output }) => {
  output.writeln('Migrating keys for users on backend Database')
  for (const { id } of users.search(world)) output.writeln(`    ${id}`)
  return 0
}

const encryptionStatus: CommandHandler = (context) => {
  const { world } = context
  writeArray(context, {
    enabled: isEncrypted(world),
    defaultModule: config.getApp(world, 'core', 'default_encryption_module', ''),
  })
  return 0
}

/** The modules of the apps that are enabled; the default one is marked. */
const listModules: CommandHandler = (context) => {
  const { world } = context
  if (config.getApp(world, 'encryption', 'enabled', 'no') === 'no') return 0
  writeArray(context, { [MODULE]: 'Default encryption module [default*]' })
  return 0
}

const MODULE = 'OC_DEFAULT_MODULE'

const enableEncryption: CommandHandler = ({ world, output }) => {
  if (isEncrypted(world)) output.writeln('Encryption is already enabled')
  else {
    config.setApp(world, 'core', 'encryption_enabled', 'yes')
    output.writeln('Encryption enabled')
  }
  return 0
}

const encryptionCommands = [
  command({ name: 'encryption:enable', description: 'Enable encryption' }, enableEncryption),
  command(
    { name: 'encryption:list-modules', description: 'List all available encryption modules', options: [OUTPUT] },
    listModules,
  ),
  command({ name: 'encryption:migrate-keys', description: 'initial migration to encryption 2.0' }, migrateKeys),
  command(
    { name: 'encryption:status', description: 'Lists the current status of encryption', options: [OUTPUT] },
    encryptionStatus,
  ),
]

const createJs: CommandHandler = ({ input, output }) => {
  for (const language of input.list('lang')) output.writeln(`${input.text('app')}/l10n/${language}.js`)
  return 0
}

/** There even before ownCloud is installed. */
export const createJsCommand = command(
  {
    name: 'l10n:createjs',
    description: 'Create javascript translation files for a given app',
    arguments: [
      { name: 'app', required: true, description: 'name of the app' },
      { name: 'lang', array: true, description: 'name of the language' },
    ],
  },
  createJs,
)

export const systemCommands = [...backgroundCommands, convertTypeCommand, ...encryptionCommands]
