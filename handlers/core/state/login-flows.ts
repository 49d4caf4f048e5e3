import { s } from '#lib/schema.ts'
import * as tokens from '#world/accounts/tokens.ts'
import { defineTable } from '#world/define-table.ts'
import type { World } from '#world/world.ts'

/** A client that waits for its user to log in with a browser. */
export interface LoginFlow {
  readonly loginToken: string
  readonly pollToken: string
  /** What the client calls itself. */
  readonly client: string
  readonly createdAt: number
  /** What the client gets, once its user agreed. */
  readonly granted?: { readonly server: string; readonly loginName: string; readonly appPassword: string }
}

/** Flows by the token in the address that the browser opens. */
export const loginFlowsTable = defineTable<LoginFlow>('loginFlows', {
  record: s.object({
    loginToken: s.string(),
    pollToken: s.string(),
    client: s.string(),
    createdAt: s.number(),
    granted: s.optional(s.object({ server: s.string(), loginName: s.string(), appPassword: s.string() })),
  }),
})

const TOKEN_LENGTH = 128
const LIFETIME = 20 * 60

export function start(world: World, client: string): LoginFlow {
  const flow: LoginFlow = {
    loginToken: world.random.token(TOKEN_LENGTH),
    pollToken: world.random.token(TOKEN_LENGTH),
    client,
    createdAt: world.clock.seconds(),
  }
  world.table(loginFlowsTable).set(flow.loginToken, flow)
  return flow
}

/** A flow that is not older than twenty minutes. */
export function find(world: World, loginToken: string): LoginFlow | undefined {
  const flow = world.table(loginFlowsTable).get(loginToken)
  return flow && world.clock.seconds() - flow.createdAt <= LIFETIME ? flow : undefined
}

/** Hand over what the client was granted, which is done once; `undefined`: nothing yet. */
export function redeem(world: World, pollToken: string): LoginFlow['granted'] {
  const table = world.table(loginFlowsTable)
  const [key] = table.index('poll', (flow) => flow.pollToken).keysOf(pollToken)
  const flow = key === undefined ? undefined : find(world, key)
  if (flow?.granted) table.delete(flow.loginToken)
  return flow?.granted
}

/** The user agrees: the client gets an app password of its own. */
export function grant(
  world: World,
  loginToken: string,
  owner: { readonly userId: string; readonly loginName: string; readonly server: string },
): boolean {
  const flow = find(world, loginToken)
  if (!flow) return false
  const { token } = tokens.create(world, {
    userId: owner.userId,
    loginName: owner.loginName,
    name: flow.client,
    type: 'app-password',
  })
  hand(world, loginToken, { server: owner.server, loginName: owner.loginName, appPassword: token })
  return true
}

/** The client gets an app password that its user already has. */
export function hand(world: World, loginToken: string, granted: NonNullable<LoginFlow['granted']>): boolean {
  if (!find(world, loginToken)) return false
  world.table(loginFlowsTable).patch(loginToken, { granted })
  return true
}
