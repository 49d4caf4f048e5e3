import { defineRoute } from '#app/index.ts'
import type { JsonObject } from '#lib/json.ts'
import type { PhpArray } from '#lib/php.ts'
import { fits, type Schema, s } from '#lib/schema.ts'
import { unreadable } from '#world/exapps/config.ts'
import * as exApps from '#world/exapps/exapps.ts'
import { setApp } from '#world/settings/config.ts'
import type { World } from '#world/world.ts'
import { type AdminPageArguments, adminPage } from './admin-page.ts'

/** What stands for a password that is set and does not show. */
const MASK = 'dummySecret123'
const NOT_FOUND = { error: 'Daemon config not found' }

/** The daemon as its row has it; the password as `hidden`, where there is one. */
export function printDaemon({ id, deployConfig, ...daemon }: exApps.Daemon, hidden: () => string): PhpArray {
  const { haproxy_password: password, ...config } = deployConfig
  const shown = password === undefined ? {} : { haproxy_password: password === '' ? '' : hidden() }
  const order = Object.keys(deployConfig)
  const whole = Object.entries({ ...config, ...shown }).sort(([a], [b]) => order.indexOf(a) - order.indexOf(b))
  return {
    id,
    accepts_deploy_id: daemon.acceptsDeployId,
    name: daemon.name,
    display_name: daemon.displayName,
    protocol: daemon.protocol,
    host: daemon.host,
    deploy_config: Object.fromEntries(whole),
  }
}

const masked = (daemon: exApps.Daemon) => printDaemon(daemon, () => MASK)
const encrypted = (world: World, daemon: exApps.Daemon) => printDaemon(daemon, () => unreadable(world))

const nameOf = ({ params }: AdminPageArguments) => params.name!

const textOf = (value: unknown) => (value === undefined || value === null ? '' : String(value))

const deployConfig: Schema<exApps.DeployConfig> = s.object(
  {
    net: s.optional(s.string()),
    nextcloud_url: s.optional(s.string()),
    haproxy_password: s.optional(s.secret()),
    harp: s.optional(
      s.nullable(
        s.object(
          {
            frp_address: s.optional(s.string()),
            docker_socket_port: s.optional(s.union(s.string(), s.int())),
            exapp_direct: s.optional(s.bool()),
          },
          'allow',
        ),
      ),
    ),
    registries: s.optional(s.list(s.object({ from: s.string(), to: s.string() }))),
  },
  'allow',
)

/** A daemon as a form sends it. */
function readDaemon(params: JsonObject): exApps.NewDaemon {
  return {
    name: textOf(params.name),
    displayName: textOf(params.display_name),
    acceptsDeployId: textOf(params.accepts_deploy_id),
    protocol: textOf(params.protocol),
    host: textOf(params.host),
    deployConfig: fits(deployConfig, params.deploy_config) ? params.deploy_config : {},
  }
}

export const listDaemons = defineRoute(
  adminPage({
    id: 'daemon_config-get-all-daemon-configs',
    method: 'GET',
    path: '/daemons',
    summary: 'All daemons with how many ExApps they have',
    handle: ({ world, reply }) =>
      reply({
        daemons: exApps
          .daemons(world)
          .map((daemon) => ({ ...masked(daemon), exAppsCount: exApps.ofDaemon(world, daemon.name).length })),
        default_daemon_config: exApps.defaultDaemon(world),
      }),
  }),
)

export const registerDaemon = defineRoute(
  adminPage({
    id: 'daemon_config-register-daemon-config',
    method: 'POST',
    path: '/daemons',
    summary: 'Register a daemon',
    recentPassword: true,
    handle: ({ world, input, array, reply }) => {
      const daemon = exApps.addDaemon(world, readDaemon(array('daemonConfigParams')))
      if (typeof daemon === 'string') return reply({ success: false, daemonConfig: null })
      if (input.defaultDaemon === true || input.defaultDaemon === 'true' || input.defaultDaemon === '1') {
        exApps.setDefaultDaemon(world, daemon.name)
      }
      return reply({ success: true, daemonConfig: encrypted(world, daemon) })
    },
  }),
)

/** Members that are not sent stay; a password that is the mask stays too. */
export const updateDaemon = defineRoute(
  adminPage({
    id: 'daemon_config-update-daemon-config',
    method: 'PUT',
    path: '/daemons/{name}',
    summary: 'Change a daemon',
    recentPassword: true,
    handle: (args) => {
      const { world, array, reply, crash } = args
      const params = array('daemonConfigParams')
      const known = exApps.findDaemon(world, nameOf(args))
      if (!known) return crash()
      if (textOf(params.name) === '') return reply({ success: false, daemonConfig: null })
      const { deployConfig, ...rest } = readDaemon(params)
      const kept = known.deployConfig.haproxy_password ?? ''
      const config = deployConfig.haproxy_password === MASK ? { ...deployConfig, haproxy_password: kept } : deployConfig
      const sent = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== ''))
      const daemon = exApps.updateDaemon(world, known.name, {
        ...sent,
        ...(params.deploy_config === undefined ? {} : { deployConfig: config }),
      })
      return typeof daemon === 'string'
        ? reply({ success: false, daemonConfig: null })
        : reply({ success: true, daemonConfig: onlySent(masked(daemon), params) })
    },
  }),
)

/** What was not sent is not read again, and shows as nothing. */
const onlySent = (shown: PhpArray, params: Readonly<Record<string, unknown>>): PhpArray =>
  Object.fromEntries(
    Object.entries(shown).map(([key, value]) => [key, key === 'id' || params[key] !== undefined ? value : null]),
  )

export const unregisterDaemon = defineRoute(
  adminPage({
    id: 'daemon_config-unregister-daemon-config',
    method: 'DELETE',
    path: '/daemons/{name}',
    summary: 'Unregister a daemon and the ExApps that run on it',
    recentPassword: true,
    handle: (args) => {
      const { world, reply, crash } = args
      const daemon = exApps.findDaemon(world, nameOf(args))
      if (!daemon) return crash()
      for (const { id } of exApps.ofDaemon(world, daemon.name)) exApps.remove(world, id)
      if (exApps.defaultDaemon(world) === daemon.name) exApps.setDefaultDaemon(world, '')
      exApps.removeDaemon(world, daemon.name)
      return reply({ success: true, daemonConfig: encrypted(world, daemon) })
    },
  }),
)

/** There are no container engines that could be reached. */
export const verifyDaemon = defineRoute(
  adminPage({
    id: 'daemon_config-verify-daemon-connection',
    method: 'POST',
    path: '/daemons/{name}/check',
    summary: 'Whether the container engine of a daemon can be reached',
    handle: (args) => (exApps.findDaemon(args.world, nameOf(args)) ? args.reply({ success: false }) : args.crash()),
  }),
)

export const checkDaemon = defineRoute(
  adminPage({
    id: 'daemon_config-check-daemon-connection',
    method: 'POST',
    path: '/daemons/verify_connection',
    summary: 'Whether the container engine of a daemon that is not registered yet can be reached',
    handle: ({ array, reply }) => {
      array('daemonParams')
      return reply({ success: false })
    },
  }),
)

const registryOf = ({ array }: AdminPageArguments): exApps.RegistryMap => {
  const { from, to } = array('registryMap')
  return { from: textOf(from), to: textOf(to) }
}

export const addRegistry = defineRoute(
  adminPage({
    id: 'daemon_config-add-daemon-docker-registry',
    method: 'POST',
    path: '/daemons/{name}/add-registry',
    summary: 'Let a daemon fetch images from elsewhere',
    recentPassword: true,
    handle: (args) => {
      const { world, reply } = args
      const map = registryOf(args)
      const daemon = exApps.findDaemon(world, nameOf(args))
      if (!daemon) return reply(NOT_FOUND, 404)
      const outcome = exApps.addRegistry(world, daemon, map)
      if (outcome === 'exists') return reply({ error: `This Docker registry map from "${map.from}" already exists` })
      if (outcome === 'same') return reply({ error: 'The source and target registry cannot be the same' })
      return reply(encrypted(world, exApps.findDaemon(world, daemon.name)!))
    },
  }),
)

export const removeRegistry = defineRoute(
  adminPage({
    id: 'daemon_config-remove-daemon-docker-registry',
    method: 'POST',
    path: '/daemons/{name}/remove-registry',
    summary: 'Let a daemon fetch images from where they are',
    recentPassword: true,
    handle: (args) => {
      const { world, reply } = args
      const map = registryOf(args)
      const daemon = exApps.findDaemon(world, nameOf(args))
      if (!daemon) return reply(NOT_FOUND, 404)
      if (exApps.removeRegistry(world, daemon, map) === 'not-found') {
        return reply({ error: 'This Docker registry map does not exist' })
      }
      return reply(encrypted(world, exApps.findDaemon(world, daemon.name)!))
    },
  }),
)

/** The image of the test is out in the internet, where the fake does not go. */
export const startTestDeploy = defineRoute(
  adminPage({
    id: 'daemon_config-start-test-deploy',
    method: 'POST',
    path: '/daemons/{name}/test_deploy',
    summary: 'Try whether a daemon can deploy ExApps',
    handle: (args) =>
      exApps.findDaemon(args.world, nameOf(args))
        ? args.reply({ error: 'ExApp failed to register, check the NC logs' }, 500)
        : args.reply(NOT_FOUND, 404),
  }),
)

export const stopTestDeploy = defineRoute(
  adminPage({
    id: 'daemon_config-stop-test-deploy',
    method: 'DELETE',
    path: '/daemons/{name}/test_deploy',
    summary: 'Remove what the test deployed',
    handle: ({ reply }) => reply({ success: true }),
  }),
)

export const getTestDeployStatus = defineRoute(
  adminPage({
    id: 'daemon_config-get-test-deploy-status',
    method: 'GET',
    path: '/daemons/{name}/test_deploy/status',
    summary: 'How far the test is',
    handle: ({ reply }) => reply({ error: 'ExApp not found, failed to get status' }, 404),
  }),
)

export const setAdminConfig = defineRoute(
  adminPage({
    id: 'config-set-admin-config',
    method: 'PUT',
    path: '/admin-config',
    summary: 'Keep settings of AppAPI, all of them texts',
    csrf: false,
    handle: ({ world, array, reply, crash }) => {
      for (const [key, value] of Object.entries(array('values'))) {
        if (typeof value !== 'string') return crash()
        setApp(world, exApps.APP, key, value, { type: 'string' })
      }
      return reply(1)
    },
  }),
)
