import type { Json } from '#lib/json.ts'
import { s } from '#lib/schema.ts'
import { defineTable } from '../define-table.ts'
import * as config from '../settings/config.ts'
import type { World } from '../world.ts'

declare module '#world/events.ts' {
  interface WorldEvents {
    'exapp.registered': { readonly exApp: string }
    'exapp.enabled': { readonly exApp: string }
    'exapp.disabled': { readonly exApp: string }
    'exapp.removed': { readonly exApp: string }
  }
}

/** Where ExApps run and how they are reached. */
export interface Daemon {
  readonly id: number
  readonly name: string
  readonly displayName: string
  /** `manual-install`, `docker-install` or `kubernetes-install`. */
  readonly acceptsDeployId: string
  readonly protocol: string
  readonly host: string
  readonly deployConfig: DeployConfig
}

/** What a daemon is told to do; members that nobody knows are kept too. */
export interface DeployConfig {
  readonly net?: string
  readonly nextcloud_url?: string | undefined
  readonly haproxy_password?: string
  readonly harp?: {
    readonly frp_address?: string
    readonly docker_socket_port?: string | number
    readonly exapp_direct?: boolean
  } | null
  readonly registries?: readonly RegistryMap[]
  readonly [member: string]: Json | undefined
}

/** How far the installation of an ExApp is, in percent; times in seconds since 1970. */
export interface ExAppStatus {
  readonly deploy: number
  readonly init: number
  readonly action: string
  /** `install` or `update` while it goes on. */
  readonly type: string
  readonly error: string
  readonly deploy_start_time?: number
  readonly init_start_time?: number
}

/** An app that runs outside of the server. */
export interface ExApp {
  readonly id: string
  readonly name: string
  readonly version: string
  /** Name of the daemon. */
  readonly daemon: string
  readonly port: number
  /** What both sides prove themselves with. */
  readonly secret: string
  readonly enabled: boolean
  readonly status: ExAppStatus
  /** Seconds since 1970. */
  readonly createdAt: number
}

const deployConfig = {
  net: s.optional(s.string()),
  nextcloud_url: s.optional(s.string()),
  haproxy_password: s.optional(s.string()),
  harp: s.optional(
    s.nullable(
      s.object(
        {
          frp_address: s.optional(s.string()),
          docker_socket_port: s.optional(s.union(s.string(), s.number())),
          exapp_direct: s.optional(s.bool()),
        },
        'allow',
      ),
    ),
  ),
  registries: s.optional(s.list(s.object({ from: s.string(), to: s.string() }))),
}

/** Daemons by name. */
export const daemonsTable = defineTable<Daemon>('daemons', {
  sequence: 'daemon',
  record: s.object({
    id: s.int(),
    name: s.string(),
    displayName: s.string(),
    acceptsDeployId: s.string(),
    protocol: s.string(),
    host: s.string(),
    deployConfig: s.object(deployConfig, 'allow'),
  }),
})
/** ExApps by id. */
export const exAppsTable = defineTable<ExApp>('exApps', {
  record: s.object({
    id: s.string(),
    name: s.string(),
    version: s.string(),
    daemon: s.string(),
    port: s.int(),
    secret: s.string(),
    enabled: s.bool(),
    status: s.object({
      deploy: s.number(),
      init: s.number(),
      action: s.string(),
      type: s.string(),
      error: s.string(),
      deploy_start_time: s.optional(s.number()),
      init_start_time: s.optional(s.number()),
    }),
    createdAt: s.number(),
  }),
})

export const APP = 'app_api'
const DEFAULT_DAEMON = 'default_daemon_config'

export function findDaemon(world: World, name: string): Daemon | undefined {
  return world.table(daemonsTable).get(name)
}

/** All daemons, the oldest first. */
export function daemons(world: World): Daemon[] {
  return [...world.table(daemonsTable).values()].sort((a, b) => a.id - b.id)
}

export type NewDaemon = Omit<Daemon, 'id'>

const HAS_PROTOCOL = /^(?:https?|tcp|udp|ssh):\/\//
const isName = (name: string) => name !== '' && !/\p{Cc}/u.test(name)

/** Hosts are named without a protocol, and with Docker an ExApp that is reached directly has no net of the host. */
function canBeDaemon({ name, host, protocol, acceptsDeployId, deployConfig: { net, harp } }: NewDaemon): boolean {
  const isDirect = acceptsDeployId === 'docker-install' && harp?.exapp_direct === true
  return (
    isName(name) &&
    net !== undefined &&
    !HAS_PROTOCOL.test(host) &&
    !HAS_PROTOCOL.test(harp?.frp_address ?? '') &&
    ['http', 'https'].includes(protocol) &&
    !(isDirect && net === 'host')
  )
}

export function addDaemon(world: World, made: NewDaemon): 'invalid' | 'exists' | Daemon {
  if (!canBeDaemon(made)) return 'invalid'
  if (findDaemon(world, made.name)) return 'exists'
  const url = made.deployConfig.nextcloud_url?.replace(/\/+$/, '')
  const daemon = { ...made, id: world.nextId('daemon'), deployConfig: { ...made.deployConfig, nextcloud_url: url } }
  world.table(daemonsTable).set(daemon.name, daemon)
  return daemon
}

/** A daemon that gets another name leaves its ExApps behind, which know it by the old one. */
export function updateDaemon(world: World, name: string, change: Partial<NewDaemon>): 'invalid' | Daemon {
  const known = findDaemon(world, name)
  if (!known || !isName(change.name ?? name)) return 'invalid'
  const daemon = { ...known, ...change }
  world.table(daemonsTable).delete(name)
  world.table(daemonsTable).set(daemon.name, daemon)
  return daemon
}

export function removeDaemon(world: World, name: string): 'not-found' | 'removed' {
  return world.table(daemonsTable).delete(name) ? 'removed' : 'not-found'
}

export type RegistryMap = {
  readonly from: string
  readonly to: string
}

const registriesOf = ({ deployConfig }: Daemon) => deployConfig.registries ?? []

/** Let a daemon fetch images from elsewhere. */
export function addRegistry(world: World, daemon: Daemon, map: RegistryMap): 'exists' | 'same' | 'added' {
  if (registriesOf(daemon).some(({ from }) => from === map.from)) return 'exists'
  if (map.from === map.to) return 'same'
  const deployConfig = { ...daemon.deployConfig, registries: [...registriesOf(daemon), map] }
  updateDaemon(world, daemon.name, { deployConfig })
  return 'added'
}

export function removeRegistry(world: World, daemon: Daemon, map: RegistryMap): 'not-found' | 'removed' {
  const kept = registriesOf(daemon).filter(({ from, to }) => from !== map.from || to !== map.to)
  if (kept.length === registriesOf(daemon).length) return 'not-found'
  updateDaemon(world, daemon.name, { deployConfig: { ...daemon.deployConfig, registries: kept } })
  return 'removed'
}

/** The daemon that is taken when none is named; empty: none. */
export function defaultDaemon(world: World): string {
  return config.getApp(world, APP, DEFAULT_DAEMON)
}

export function setDefaultDaemon(world: World, name: string): void {
  config.setApp(world, APP, DEFAULT_DAEMON, name, { type: 'string' })
}

export function find(world: World, id: string): ExApp | undefined {
  return world.table(exAppsTable).get(id)
}

/** All ExApps, by id. */
export function list(world: World): ExApp[] {
  return [...world.table(exAppsTable).values()].sort((a, b) => (a.id < b.id ? -1 : 1))
}

export function ofDaemon(world: World, daemon: string): ExApp[] {
  return list(world).filter((exApp) => exApp.daemon === daemon)
}

/** What a new ExApp needs; it starts disabled and not deployed. */
export type NewExApp = Pick<ExApp, 'id' | 'name' | 'version' | 'daemon' | 'port' | 'secret'>

const NEW_STATUS: ExAppStatus = { deploy: 0, init: 0, action: '', type: 'install', error: '' }

export function register(world: World, made: NewExApp): ExApp {
  const exApp: ExApp = { ...made, enabled: false, status: NEW_STATUS, createdAt: world.clock.seconds() }
  world.table(exAppsTable).set(exApp.id, exApp)
  world.emit({ type: 'exapp.registered', exApp: exApp.id })
  return exApp
}

export function update(world: World, id: string, change: Partial<ExApp>): void {
  world.table(exAppsTable).patch(id, change)
}

export function setStatus(world: World, id: string, change: Partial<ExAppStatus>): void {
  const exApp = find(world, id)
  if (exApp) update(world, id, { status: { ...exApp.status, ...change } })
}

/** Enabling forgets the last error. */
export function setEnabled(world: World, id: string, enabled: boolean): void {
  update(world, id, { enabled })
  if (enabled) setStatus(world, id, { error: '' })
  world.emit({ type: enabled ? 'exapp.enabled' : 'exapp.disabled', exApp: id })
}

/** Remove an ExApp; what it registered goes with it. */
export function remove(world: World, id: string): boolean {
  if (!world.table(exAppsTable).delete(id)) return false
  world.emit({ type: 'exapp.removed', exApp: id })
  return true
}

/** Deployment goes on: at 0 it starts, at 100 the ExApp should answer. Once done it stays so. */
export function setDeployProgress(world: World, id: string, progress: number): void {
  const exApp = find(world, id)
  if (!exApp || (progress !== 0 && exApp.status.deploy === 100)) return
  setStatus(world, id, {
    deploy: progress,
    ...(progress === 0 ? { action: 'deploy', deploy_start_time: world.clock.seconds(), error: '' } : {}),
    ...(progress === 100 ? { action: 'healthcheck' } : {}),
  })
}

/**
 * Initialisation goes on, or failed with an error. `done`: it just reached 100, and the ExApp is to be enabled, which
 * takes a call to it and is the caller's business. Once done it stays so.
 */
export function setInitProgress(
  world: World,
  id: string,
  progress: number,
  error = '',
): 'out-of-range' | 'goes-on' | 'done' {
  if (progress < 0 || progress > 100) return 'out-of-range'
  const exApp = find(world, id)
  if (!exApp || (progress !== 0 && exApp.status.init === 100)) return 'goes-on'
  const begun = { action: 'init', init_start_time: world.clock.seconds(), error: '' }
  setStatus(world, id, {
    ...(error === '' ? { ...(progress === 0 ? begun : {}), init: progress } : { error }),
    ...(progress === 100 ? { action: '', type: '' } : {}),
  })
  return progress === 100 ? 'done' : 'goes-on'
}

/** A port that no ExApp has, as the server hands them out; 0: there is none left. */
export function freePort(world: World): number {
  const used = new Set(list(world).map(({ port }) => port))
  for (let port = 23_000; port < 24_000; port++) if (!used.has(port)) return port
  return 0
}

/** An ExApp says which version it has: a higher one than the known is remembered. */
export function learnVersion(world: World, id: string, version: string): void {
  const known = find(world, id)
  if (known && isHigherVersion(version, known.version)) update(world, id, { version })
}

/** Whether one version is higher than another, as PHP compares them: `1.10.0` is higher than `1.9.9-dev`. */
export function isHigherVersion(version: string, than: string): boolean {
  const [a, b] = [versionParts(version), versionParts(than)]
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const order = rank(a[i]) - rank(b[i]) || Number(a[i]) - Number(b[i]) || 0
    if (order !== 0) return order > 0
  }
  return false
}

const versionParts = (version: string) => version.replace(/[-_+]/g, '.').match(/\d+|[a-z#]+/gi) ?? []

/** Words before numbers, except `pl` and `p`; what is missing comes between release candidates and numbers. */
function rank(part: string | undefined): number {
  if (part === undefined) return 5
  if (/^\d/.test(part)) return 6
  const known = ['dev', 'a', 'b', 'rc', '#', 'p']
  const at = known.findIndex((word) => part.toLowerCase().startsWith(word))
  return part.toLowerCase().startsWith('p') ? 7 : at < 0 ? -1 : at
}
