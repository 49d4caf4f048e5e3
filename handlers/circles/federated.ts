import { defineEndpoint, p, s } from '#app/index.ts'
import { contextOf } from './circles.ts'
import { circleSchema, teamFor } from './format.ts'
import * as circles from './state.ts'

/**
 * What other servers ask of teams. A request must be signed by a server that this one knows, and nobody knows the fake:
 * all are answered as the unsigned ones are (Nextcloud 34.0.1, asked).
 */
const common = { app: 'circles', envelope: false, csrf: false, access: 'public', output: s.empty() } as const
const BASE = '/index.php/apps/circles'

const reading = <Path extends string>(path: Path, summary: string, probe = {}) =>
  defineEndpoint({
    ...common,
    id: `circles:GET ${BASE}${path}`,
    method: 'GET',
    path: `${BASE}${path}`,
    summary,
    responses: { 401: s.object({ message: s.string(), code: s.int() }) },
    probe,
    handle: ({ respond }) => respond(401, { message: "missing elements in 'headers'", code: 0 }),
  })

const telling = <Path extends string>(path: Path, summary: string) =>
  defineEndpoint({
    ...common,
    id: `circles:POST ${BASE}${path}`,
    method: 'POST',
    path: `${BASE}${path}`,
    summary,
    responses: { 500: s.object({ class: s.string(), status: s.int(), code: s.int(), message: s.string() }) },
    handle: ({ respond }) =>
      respond(500, {
        class: 'OCA\\Circles\\Exceptions\\UnknownInterfaceException',
        status: 500,
        code: 500,
        message: 'interface not initialized',
      }),
  })

const TEAM = { circleId: 'nosuchteam' }
export const testSignature = reading('/test', 'Whether a server signs as it should')
export const listFederated = reading('/circles/', 'Teams that a server may know')
export const federatedTeam = reading('/circle/{circleId}/', 'One team, for a server', TEAM)
export const federatedMembers = reading('/members/{circleId}/', 'Who is in a team, for a server', TEAM)
const MEMBER = { type: '1', userId: 'admin' }
export const federatedMember = reading('/member/{type}/{userId}/', 'One account, for a server', MEMBER)
export const federatedInherited = reading('/inherited/{circleId}/', 'Who is in a team by another, for a server', TEAM)
export const federatedMemberships = reading('/memberships/{circleId}/', 'What a team is in, for a server', TEAM)
export const tellEvent = telling('/event/', 'A server asks for something to happen to a team')
export const tellHappened = telling('/incoming/', 'A server tells what happened to a team')

/** The server asks itself for what may take its time. */
export const broadcast = defineEndpoint({
  ...common,
  id: `circles:POST ${BASE}/async/{token}/`,
  method: 'POST',
  path: `${BASE}/async/{token}/`,
  summary: 'Go on with what an earlier request began',
  output: s.list(s.any()),
  probe: { token: 'nosuchtoken' },
  handle: ({ ok }) => ok([]),
})

export const listNamed = defineEndpoint({
  app: 'circles',
  envelope: false,
  id: `circles:GET ${BASE}/listing`,
  method: 'GET',
  path: `${BASE}/listing`,
  access: 'user',
  summary: 'Teams that the caller is in, by a part of their name',
  input: { term: p.string().default('') },
  output: s.object({ data: s.list(circleSchema) }),
  handle: (args) => {
    const { input, world, me, ok } = args
    const term = input.term.toLowerCase()
    const found = circles.visibleTo(world, me).filter(({ displayName }) => displayName.toLowerCase().includes(term))
    return ok({ data: found.map((circle) => teamFor(contextOf(args), circle, me)) })
  },
})
