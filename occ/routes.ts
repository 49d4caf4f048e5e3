import type { CommandContext, CommandHandler } from '#console/command.ts'
import { defineReleaseCommands } from '#console/define-command.ts'
import { Verbosity } from '#console/output.ts'
import { phpJson } from '#console/php-json.ts'
import { writeTable } from '#console/write-in-format.ts'
import { defineProfileData } from '#profiles/profile-data.ts'
import * as apps from '#world/settings/apps.ts'
import type { World } from '#world/world.ts'
import { matchRoute, type ReleaseRoute, type RouteTable } from './route-matcher.ts'

/** All routes of the release: of each app in the order in which they are tried, those of no app last. */
const routes = defineProfileData<RouteTable>('routes', {})

const OCS = 'ocs.'

/** As a client asks for it; inside, the router calls what is below `/ocs/v2.php` otherwise. */
const publicPath = (path: string) => path.replace(/^\/ocsapp\//, '/ocs/v2.php/')

const requirementsOf = ([, , , , , requirements = {}]: ReleaseRoute) =>
  phpJson(Object.keys(requirements).length > 0 ? requirements : [])

const notListed = (world: World, app: string) => {
  if (!apps.find(world, app)) return `App ${app} not found`
  return apps.isEnabled(world, app) ? null : `App ${app} is not enabled`
}

const list: CommandHandler = async (context) => {
  const { input, output, world, profile } = context
  const wanted = input.list('app')
  const why = wanted.filter((app) => app !== 'core').map((app) => notListed(world, app))
  const problem = why.find((one) => one !== null)
  if (problem) {
    output.writeln(`<comment>${problem}</comment>`)
    return 1
  }
  const all = await routes.load(profile)
  const asked = wanted.length > 0 ? wanted : [...apps.enabled(world), 'core']
  const rows = [...new Set(asked)]
    .flatMap((app) => all[app] ?? [])
    .filter(([name]) => !input.flag(name.startsWith(OCS) ? 'index' : 'ocs'))
    .map((route) => listed(context, route))
  writeTable(
    context,
    rows.toSorted((a, b) => (a.route < b.route ? -1 : a.route > b.route ? 1 : 0)),
  )
  return 0
}

function listed({ output }: CommandContext, route: ReleaseRoute) {
  const [name, methods, path] = route
  const row = { route: name.startsWith(OCS) ? name.slice(OCS.length) : name, request: methods, path: publicPath(path) }
  return output.verbosity >= Verbosity.verbose ? { ...row, requirements: requirementsOf(route) } : row
}

const match: CommandHandler = async (context) => {
  const { input, output, world, profile } = context
  const path = input
    .text('path')
    .replace(/^\/index\.php(?=\/)/, '')
    .replace(/^\/ocs\/v[12]\.php(?=\/)/, '/ocsapp')
  const found = matchRoute(
    await routes.load(profile),
    apps.enabled(world),
    (input.value('method') ?? 'GET').toUpperCase(),
    path,
  )
  if (found === 'method-not-allowed') output.writeln('<error>Method not allowed on this path</error>')
  else if (found === 'not-found') tellNotMatched(context, path)
  else {
    writeTable(context, [matched(context, found)])
    return 0
  }
  return 1
}

function tellNotMatched({ output, world }: CommandContext, path: string): void {
  output.writeln('<error>Path not matched</error>')
  const app = /\/apps\/([^/]+)\//.exec(path)?.[1]
  if (app === undefined || apps.isEnabled(world, app)) return
  output.writeln('')
  output.writeln(`<comment>App ${app} is not enabled</comment>`)
}

function matched({ output }: CommandContext, { app, route }: { readonly app: string; readonly route: ReleaseRoute }) {
  const [name, , path, controller, method] = route
  const row = { route: name, appid: controller === null ? null : app, controller, method }
  if (output.verbosity < Verbosity.verbose) return row
  return { ...row, path: publicPath(path), requirements: requirementsOf(route) }
}

export const routeCommands = defineReleaseCommands({ 'router:list': list, 'router:match': match })
