import type { ListenerContext } from '#app/index.ts'
import { membersOf } from '#lib/json.ts'
import * as tokens from '#world/accounts/tokens.ts'
import * as users from '#world/accounts/users.ts'
import type { WorldEvent } from '#world/events.ts'
import type { World } from '#world/world.ts'
import * as webhooks from './state.ts'

const NODE_EVENTS = 'OCP\\Files\\Events\\Node\\'

/** What a webhook is told of a file: where it is in the account's storage. */
const nodeOf = (userId: string, path: string, id?: number) => ({
  ...(id === undefined ? {} : { id }),
  path: `/${userId}/files${path}`,
})

type Node = ReturnType<typeof nodeOf>

/** The classes of the real server's events for what happened in the world, each with its data. */
function phpEvents(event: WorldEvent): { readonly name: string; readonly data: Record<string, unknown> }[] {
  const named = (node: Node, ...names: string[]) => names.map((name) => ({ name: NODE_EVENTS + name, data: { node } }))
  switch (event.type) {
    case 'file.created':
      return named(nodeOf(event.userId, event.path, event.id), 'NodeCreatedEvent', 'NodeWrittenEvent')
    case 'file.updated':
      return named(nodeOf(event.userId, event.path, event.id), 'NodeWrittenEvent')
    case 'file.deleted':
      return named(nodeOf(event.userId, event.path, event.id), 'NodeDeletedEvent')
    case 'file.moved': {
      const data = {
        source: nodeOf(event.userId, event.from),
        target: nodeOf(event.userId, event.path, event.id),
      }
      return [{ name: `${NODE_EVENTS}NodeRenamedEvent`, data }]
    }
    default:
      return []
  }
}

/** Who a webhook says did it. */
function printUser(world: World, userId: unknown) {
  const user = typeof userId === 'string' ? users.find(world, userId) : undefined
  return user ? { uid: user.id, displayName: user.displayName } : null
}

/**
 * Send the calls that webhooks registered for what happened. A real server sends them from its background jobs;
 * here they leave at once. The promise ends when all were answered or had failed, and never rejects.
 * @param time when it happened, in seconds since 1970
 */
export async function deliver(
  event: WorldEvent,
  time: number,
  { world, send, baseUrl, complain }: ListenerContext,
): Promise<void> {
  const user = printUser(world, 'userId' in event ? event.userId : null)
  const calls = phpEvents(event).flatMap(({ name, data }) => {
    const payload = { event: { ...data, class: name }, user, time }
    return webhooks.matching(world, name, user?.uid ?? null, payload, complain).map((hook) => {
      const body = JSON.stringify({
        ...payload,
        authentication: grantTokens(world, hook, user?.uid ?? null, baseUrl),
      })
      const headers = headersOf(hook)
      const init = { method: hook.httpMethod, headers, ...(hook.httpMethod === 'GET' ? {} : { body }) }
      return send(hook.uri, init).catch((error: unknown) =>
        complain(`Webhook ${hook.id} could not reach ${hook.uri}: ${String(error)}`),
      )
    })
  })
  await Promise.all(calls)
}

/** Make tokens for the accounts and roles that a webhook asked for. */
function grantTokens(world: World, hook: webhooks.Webhook, trigger: string | null, baseUrl: string): unknown {
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

/** The headers of a call, those that authenticate it included. */
function headersOf({ headers, authHeaders }: webhooks.Webhook): Record<string, string> {
  const all = { ...membersOf(headers), ...authHeaders }
  return Object.fromEntries(Object.entries(all).map(([name, value]) => [name, String(value)]))
}
