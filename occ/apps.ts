import type { CommandContext, CommandHandler } from '#console/command.ts'
import { defineReleaseCommands } from '#console/define-command.ts'
import { writeArray } from '#console/write-in-format.ts'
import * as groups from '#world/accounts/groups.ts'
import * as apps from '#world/settings/apps.ts'
import { getApp } from '#world/settings/config.ts'
import { serverRoot } from '#world/settings/server-root.ts'
import type { World } from '#world/world.ts'

export const appPath = (world: World, app: string) => `${serverRoot(world)}/apps/${app}`
const versionOf = (world: World, app: string) => apps.find(world, app)?.version ?? '0'
const installedVersion = (world: World, app: string) => getApp(world, app, 'installed_version')

const list: CommandHandler = (context) => {
  const { world, profile, input } = context
  const wantsShipped = input.value('shipped')
  const isShipped = (app: string) => profile.apps.some(({ id }) => id === app)
  const all = apps
    .available(world)
    .filter((app) => !['true', 'false'].includes(wantsShipped ?? '') || String(isShipped(app)) === wantsShipped)
    .sort()
  const isEnabled = (app: string) => apps.isEnabled(world, app)
  const both = input.flag('enabled') === input.flag('disabled')
  const found: Record<string, Record<string, string>> = {}
  if (both || input.flag('enabled')) {
    found.enabled = Object.fromEntries(all.filter(isEnabled).map((app) => [app, installedVersion(world, app)]))
  }
  if (both || input.flag('disabled')) {
    found.disabled = Object.fromEntries(
      all.filter((app) => !isEnabled(app)).map((app) => [app, disabledVersion(world, app)]),
    )
  }
  writeAppList(context, found)
  return 0
}

function disabledVersion(world: World, app: string): string {
  const installed = installedVersion(world, app)
  return `${versionOf(world, app)}${installed === '' ? '' : ` (installed ${installed})`}`
}

function writeAppList(context: CommandContext, found: Readonly<Record<string, Record<string, string>>>): void {
  if (context.input.value('output') !== 'plain') {
    writeArray(context, found)
    return
  }
  for (const [state, title] of [
    ['enabled', 'Enabled:'],
    ['disabled', 'Disabled:'],
  ] as const) {
    const versions = found[state]
    if (!versions) continue
    context.output.writeln(title)
    writeArray(context, versions)
  }
}

const enable: CommandHandler = (context) => {
  const { input, world } = context
  const wanted = input.values('groups').flatMap((id) => groups.find(world, id) ?? [])
  const codes = input.list('app-id').map((app) => enableOne(context, app, wanted))
  return Math.max(...codes)
}

function enableOne({ world, output }: CommandContext, app: string, wanted: readonly groups.Group[]): number {
  if (wanted.length === 0 && apps.isEnabledFor(world, app, null)) {
    output.writeln(`${app} already enabled`)
    return 0
  }
  const ids = wanted.map(({ id }) => id)
  switch (wanted.length === 0 ? apps.enable(world, app) : apps.enableForGroups(world, app, ids)) {
    case 'unknown':
      output.writeln(notInStore(app))
      return 1
    case 'not-for-groups':
      // It was installed anew before that was found out, which switches it off (Nextcloud 34.0.1, asked).
      apps.disable(world, app)
      output.writeln(`${app} can't be enabled for groups.`)
      return 1
    case 'enabled': {
      const names = wanted.map(({ displayName }) => displayName).join(', ')
      output.writeln(`${app} ${versionOf(world, app)} enabled${wanted.length === 0 ? '' : ` for groups: ${names}`}`)
      return 0
    }
  }
}

const disable: CommandHandler = ({ input, world, output }) => {
  let code = 0
  for (const app of input.list('app-id')) {
    if (!apps.isEnabled(world, app)) output.writeln(`No such app enabled: ${app}`)
    else if (apps.disable(world, app) === 'disabled') output.writeln(`${app} ${versionOf(world, app)} disabled`)
    else {
      output.writeln(`${app} can't be disabled.`)
      code = 2
    }
  }
  return code
}

const getPath: CommandHandler = ({ input, world, output }) => {
  const app = input.text('app')
  if (!apps.find(world, app)) return 1
  output.writeln(appPath(world, app))
  return 0
}

/** The store is asked for ids in lower case (34.0.1, asked). */
const notInStore = (app: string) => `Could not download app ${app.toLowerCase()}, it was not found on the appstore`

/** There is no app store: whatever is not there cannot be had. */
const install: CommandHandler = ({ input, world, output }) => {
  const app = input.text('app-id')
  output.writeln(apps.find(world, app) ? `${app} already installed` : `Error: ${notInStore(app)}`)
  return 1
}

const remove: CommandHandler = ({ input, profile, output }) => {
  const app = input.text('app-id')
  if (profile.apps.some(({ id }) => id === app)) {
    output.writeln(`App '${app}' is a shipped/core app and cannot be removed.`)
    return 1
  }
  output.writeln(`App '${app}' is not installed. Nothing to remove.`)
  return 1
}

const update: CommandHandler = ({ input, world, output }) => {
  const app = input.text('app-id')
  if (app !== '' && !apps.find(world, app)) {
    output.writeln(`${app} not installed`)
    return 1
  }
  if (app === '' && !input.flag('all') && !input.flag('showonly') && !input.flag('showcurrent')) {
    output.writeln('<error>Please specify an app to update or "--all" to update all updatable apps"</error>')
    return 1
  }
  output.writeln(
    app === ''
      ? 'All apps are up-to-date or no updates could be found'
      : `${app} is up-to-date or no updates could be found`,
  )
  return 0
}

export const appCommands = defineReleaseCommands({
  'app:list': list,
  'app:enable': enable,
  'app:disable': disable,
  'app:getpath': getPath,
  'app:install': install,
  'app:remove': remove,
  'app:update': update,
})
