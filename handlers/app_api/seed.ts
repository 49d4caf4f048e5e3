import { inPlace, SeedError } from '#lib/errors.ts'
import { type Infer, s } from '#lib/schema.ts'
import * as exApps from '#world/exapps/exapps.ts'
import { defineSeedMember } from '#world/seed.ts'
import { installedAt } from '#world/settings/installed-at.ts'
import type { World } from '#world/world.ts'

/** Where ExApps run; everything but the name has a default: a manual installation on this machine. */
const daemonSeedSchema = s.object({
  name: s.string(),
  displayName: s.optional(s.string()),
  acceptsDeployId: s.optional(s.literal('manual-install', 'docker-install', 'kubernetes-install')),
  protocol: s.optional(s.literal('http', 'https')),
  host: s.optional(s.string()),
  nextcloudUrl: s.optional(s.string()),
  isDefault: s.optional(s.described('taken when none is named', s.bool())),
})

/** An ExApp that is installed and ready. */
export const exAppSeedSchema = s.object({
  id: s.string(),
  name: s.optional(s.string()),
  version: s.optional(s.string()),
  daemon: s.string(),
  port: s.int(),
  secret: s.string(),
  enabled: s.optional(s.described('default: yes', s.bool())),
})

type DaemonSeed = Infer<typeof daemonSeedSchema>
type ExAppSeed = Infer<typeof exAppSeedSchema>

export const daemons = defineSeedMember({
  name: 'daemons',
  schema: s.described('where ExApps run', s.list(daemonSeedSchema)),
  after: ['config'],
  read: seedDaemons,
})

export const seededExApps = defineSeedMember({
  name: 'exApps',
  schema: s.described('apps that run outside of the server', s.list(exAppSeedSchema)),
  after: ['daemons', 'users'],
  read: seedExApps,
})

function seedDaemons(world: World, daemons: readonly DaemonSeed[]): void {
  for (const seed of daemons) {
    exApps.addDaemon(world, {
      name: seed.name,
      displayName: seed.displayName ?? seed.name,
      acceptsDeployId: seed.acceptsDeployId ?? 'manual-install',
      protocol: seed.protocol ?? 'http',
      host: seed.host ?? '127.0.0.1',
      deployConfig: {
        net: 'host',
        nextcloud_url: seed.nextcloudUrl ?? 'http://localhost',
        haproxy_password: '',
        computeDevice: { id: 'cpu', label: 'CPU' },
        harp: null,
        kubernetes: null,
      },
    })
    if (seed.isDefault) exApps.setDefaultDaemon(world, seed.name)
  }
}

/** How long after the server's installation its first ExApps were there, in seconds. */
const INSTALLED_AFTER = 3

function seedExApps(world: World, list: readonly ExAppSeed[]): void {
  for (const [i, seed] of list.entries()) inPlace(i, () => seedExApp(world, seed))
}

/** Register an ExApp that is ready at once. */
export function seedExApp(world: World, seed: ExAppSeed): void {
  const at = installedAt(world) + INSTALLED_AFTER
  if (!exApps.findDaemon(world, seed.daemon)) {
    const known = exApps.daemons(world).map(({ name }) => name)
    throw new SeedError(
      ['daemon'],
      `there is no daemon "${seed.daemon}". ${known.length === 0 ? 'Add one to "daemons".' : `There are: ${known.join(', ')}.`}`,
    )
  }
  exApps.register(world, {
    id: seed.id,
    name: seed.name ?? seed.id,
    version: seed.version ?? '1.0.0',
    daemon: seed.daemon,
    port: seed.port,
    secret: seed.secret,
  })
  const done = { deploy: 100, init: 100, action: '', type: '', error: '', deploy_start_time: at, init_start_time: at }
  exApps.update(world, seed.id, { enabled: seed.enabled ?? true, createdAt: at, status: done })
}
