import { s } from '#lib/schema.ts'
import type * as tokens from '#world/accounts/tokens.ts'
import { defineTable } from '#world/define-table.ts'
import { defineReactions } from '#world/reactions.ts'
import type { World } from '#world/world.ts'

/** A device that a push proxy reaches, registered by an app that logged in with a token. */
export interface PushDevice {
  readonly userId: string
  readonly tokenId: number
  readonly deviceIdentifier: string
  readonly devicePublicKey: string
  readonly pushTokenHash: string
  readonly proxyServer: string
  readonly appType: 'talk' | 'nextcloud' | 'unknown'
}

/** A browser or app that a web push server reaches (RFC 8030). */
export interface WebPushSubscription {
  readonly userId: string
  /** The token it logged in with; -1 for a session. */
  readonly tokenId: number
  readonly endpoint: string
  readonly uaPublicKey: string
  readonly auth: string
  readonly appTypes: string
  /** Whether the token that was pushed to it came back. */
  readonly activated: boolean
  readonly activationToken: string
}

/** Devices by `user/token`. */
export const pushDevicesTable = defineTable<PushDevice>('pushDevices', {
  record: s.object({
    userId: s.string(),
    tokenId: s.int(),
    deviceIdentifier: s.string(),
    devicePublicKey: s.string(),
    pushTokenHash: s.string(),
    proxyServer: s.string(),
    appType: s.literal('talk', 'nextcloud', 'unknown'),
  }),
})
/** Subscriptions by `user/token`. */
export const webPushTable = defineTable<WebPushSubscription>('webPush', {
  record: s.object({
    userId: s.string(),
    tokenId: s.int(),
    endpoint: s.string(),
    uaPublicKey: s.string(),
    auth: s.string(),
    appTypes: s.string(),
    activated: s.bool(),
    activationToken: s.string(),
  }),
})

/** Subscriptions of sessions share one number, whatever the session (Nextcloud 34.0.1, source). */
export const SESSION_TOKEN_ID = -1

const keyOf = (userId: string, tokenId: number) => `${userId}/${tokenId}`

/** The number under which a login's devices are kept. */
export const tokenIdOf = (token: tokens.Token | undefined): number => token?.id ?? SESSION_TOKEN_ID

/** Register a device, or renew what its token had registered. The same device under an older token is dropped. */
export function register(world: World, device: PushDevice): 'created' | 'renewed' {
  const table = world.table(pushDevicesTable)
  const key = keyOf(device.userId, device.tokenId)
  const old = table.get(key)
  if (old) {
    table.set(key, { ...device, deviceIdentifier: old.deviceIdentifier })
    return 'renewed'
  }
  for (const [other, { userId, pushTokenHash }] of [...table.entries()]) {
    if (userId === device.userId && pushTokenHash === device.pushTokenHash) table.delete(other)
  }
  table.set(key, device)
  return 'created'
}

export function remove(world: World, userId: string, tokenId: number): boolean {
  return world.table(pushDevicesTable).delete(keyOf(userId, tokenId))
}

/** Whether a push could reach an account. */
export function hasDevices(world: World, userId: string): boolean {
  const isTheirs = (device: { readonly userId: string }) => device.userId === userId
  return [...world.table(pushDevicesTable).values()].some(isTheirs) || subscriptions(world).some(isTheirs)
}

const subscriptions = (world: World) => [...world.table(webPushTable).values()]

/** Subscribe to web push. A subscription that differs, or was never activated, is replaced and must be activated. */
export function subscribe(
  world: World,
  wanted: Omit<WebPushSubscription, 'activated' | 'activationToken'>,
  activationToken: () => string,
): 'created' | 'renewed' {
  const table = world.table(webPushTable)
  const key = keyOf(wanted.userId, wanted.tokenId)
  const old = table.get(key)
  const isSame =
    old?.activated &&
    old.endpoint === wanted.endpoint &&
    old.uaPublicKey === wanted.uaPublicKey &&
    old.auth === wanted.auth
  table.set(key, isSame ? { ...old, ...wanted } : { ...wanted, activated: false, activationToken: activationToken() })
  return isSame ? 'renewed' : 'created'
}

export function activate(
  world: World,
  userId: string,
  tokenId: number,
  activationToken: string,
): 'activated' | 'already' | 'wrong-token' | 'no-subscription' {
  const table = world.table(webPushTable)
  const found = table.get(keyOf(userId, tokenId))
  if (!found) return 'no-subscription'
  if (found.activated) return 'already'
  if (found.activationToken !== activationToken) return 'wrong-token'
  table.set(keyOf(userId, tokenId), { ...found, activated: true })
  return 'activated'
}

export function unsubscribe(world: World, userId: string, tokenId: number): boolean {
  return world.table(webPushTable).delete(keyOf(userId, tokenId))
}

/** Devices go with their account. */
export const pushDeviceReactions = defineReactions(
  {
    'user.deleted': (world, { userId }) => {
      for (const key of [pushDevicesTable, webPushTable]) {
        const table = world.table<PushDevice | WebPushSubscription>(key)
        for (const name of [...table.keys()]) if (table.get(name)?.userId === userId) table.delete(name)
      }
    },
  },
  { phase: 'clean-up', evenIfDisabled: true },
)
