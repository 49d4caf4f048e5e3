import * as tokens from '#world/accounts/tokens.ts'
import * as users from '#world/accounts/users.ts'
import type { World, WorldEvent } from '#world/world.ts'
import * as webhooks from './state.ts'

const NODE_EVENTS = 'OCP\\Files\\Events\\Node\\'

/** What a webhook is told of a file: where it is in the account's storage. */
const nodeOf = (userId: unknown, path: unknown, id?: unknown) => ({
  ...(id === undefined ? {} : { id }),
  path: `/${userId}/files${path}`,
})

/** The classes of the real server's events for what happened in the world, each with its data. */
function phpEvents(event: WorldEvent): { readonly name: string; readonly data: Record<string, unknown> }[] {
  const { type, userId, path, id, from } = event
  const node = nodeOf(userId, path, id)
  const named = (...names: string[]) => names.map((name) => ({ name: NODE_EVENTS + name, data: { node } }))
  switch (type) {
    case 'file.created':
      return named('NodeCreatedEvent', 'NodeWrittenEvent')
    case 'file.updated':
      return named('NodeWrittenEvent')
    case 'file.deleted':
      return named('NodeDeletedEvent')
    case 'file.moved':
      return [{ name: `${NODE_EVENTS}NodeRenamedEvent`, data: { source: nodeOf(userId, from), target: node } }]
    default:
      return []
  }
}

/** Who a webhook says did it. */
function printUser(world: World, userId: unknown) {
  const user = typeof userId === 'string' ? users.find(world, userId) : undefined
  return user ? { uid: user.id, displayName: user.displayName } : null
}

/** Where calls go out, and where links of the instance begin. */
export interface Delivery {
  readonly send: typeof fetch
  readonly baseUrl: string
  /** Told about a call that could not be sent. */
  readonly onFailure: (hook: webhooks.Webhook, error: unknown) => void
}

/**
 * Send the calls that webhooks registered for what happened. A real server sends them from its background jobs;
 * here they leave at once. The promise ends when all were answered or had failed, and never rejects.
 */
export async function deliver(world: World, event: WorldEvent, { send, baseUrl, onFailure }: Delivery): Promise<void> {
  if (world.table(webhooks.webhooksTable).size === 0) return
  const user = printUser(world, event.userId)
  const time = world.clock.seconds()
  const calls = phpEvents(event).flatMap(({ name, data }) => {
    const payload = { event: { ...data, class: name }, user, time }
    return webhooks.matching(world, name, user?.uid ?? null, payload).map((hook) => {
      const body = JSON.stringify({
        ...payload,
        authentication: authentication(world, hook, user?.uid ?? null, baseUrl),
      })
      const headers = { ...(hook.headers as Record<string, string> | null), ...hook.authHeaders }
      const init = { method: hook.httpMethod, headers, ...(hook.httpMethod === 'GET' ? {} : { body }) }
      return send(hook.uri, init).catch((error: unknown) => onFailure(hook, error))
    })
  })
  await Promise.all(calls)
}

/** Tokens for the accounts and roles that a webhook asked for. */
function authentication(world: World, hook: webhooks.Webhook, trigger: string | null, baseUrl: string): unknown {
  const needed = hook.tokenNeeded as { user_ids?: string[]; user_roles?: string[] }
  const grant = (userId: string) => {
    const made = tokens.create(world, {
      userId,
      loginName: userId,
      name: 'Ephemeral webhook authentication',
      type: 'app-password',
    })
    return { userId, token: made.token, baseUrl }
  }
  const roles: Readonly<Record<string, string | null>> = { owner: hook.userId, trigger }
  const granted = Object.entries(roles).filter(([role, id]) => id !== null && needed.user_roles?.includes(role))
  const forUsers = needed.user_ids?.filter((id) => users.find(world, id)) ?? []
  const all = {
    ...(needed.user_ids ? { user_ids: Object.fromEntries(forUsers.map((id) => [id, grant(id)])) } : {}),
    ...Object.fromEntries(granted.map(([role, id]) => [role, grant(id!)])),
  }
  return Object.keys(all).length > 0 ? all : []
}
