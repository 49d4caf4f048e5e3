import type { Interaction, Sequence } from '#contract/contract.ts'
import { partsOf } from '#contract/placeholder.ts'
import { isReading } from '#contract/write-sequence.ts'
import { isJsonObject, type Json, type JsonObject } from '#lib/json.ts'
import type { Answer } from '#line/call.ts'
import type { OcsMock, OcsMockOptions } from '#mock.ts'
import type { ProfileDefinition } from '#profiles/profile.ts'
import { groupsTable } from '#world/accounts/groups.ts'
import { usersTable } from '#world/accounts/users.ts'
import { documentOf, type SeenAnswer, seenAnswer } from './expectation.ts'
import { KnownValues, UnknownValueError } from './known-values.ts'
import { type ConcreteRequest, type Login, Party } from './party.ts'
import { ADMIN, passwordName, type StateStep } from './provider-state.ts'
import type { Names, Renaming } from './renaming.ts'

/** Makes a fake server for contracts to be played on, with one's own apps. */
export type MakeMock = (options: Pick<OcsMockOptions, 'profile' | 'seed' | 'baseUrl'>) => OcsMock

/** What an interaction came to on one server. */
export interface Played {
  readonly answer: SeenAnswer | null
  /** Why it was not asked. */
  readonly reason: string | null
}

/** A fake server as a party. */
export function partyOf(
  mock: OcsMock,
  base: string,
  renaming: Renaming | null,
  options: PartyMakings,
  values?: KnownValues,
): Party {
  const now = () => mock.world.clock.now()
  return new Party({ ...options, base, renaming, now, send: (request) => answerOf(mock, base, request) }, values)
}

export interface PartyMakings {
  readonly password: (name: string) => string
  readonly logins: ReadonlyMap<string, Login>
}

async function answerOf(
  mock: OcsMock,
  base: string,
  { method, target, headers, body }: ConcreteRequest,
): Promise<Answer> {
  const question = target.indexOf('?')
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : (body ?? new Uint8Array(0))
  return mock.handle({
    method,
    path: question < 0 ? target : target.slice(0, question),
    query: question < 0 ? '' : target.slice(question + 1),
    origin: base,
    header: (name) => headers[name] ?? '',
    headers: () => Object.entries(headers),
    body: () => bytes,
    remoteAddress: '127.0.0.1',
  })
}

/** Ask one server what a contract asks, and learn what its answer gives. */
export async function ask(party: Party, interaction: Interaction): Promise<Played> {
  try {
    const answer = seenAnswer(await party.send(interaction))
    const document = documentOf(answer.body)
    const pattern = documentOf(interaction.response.body)
    if (pattern !== undefined && document !== undefined) party.values.expect(pattern, document)
    learnPassword(party, interaction, answer)
    return { answer, reason: null }
  } catch (error) {
    if (error instanceof UnknownValueError) return { answer: null, reason: error.message }
    throw error
  }
}

/** Who has a password because of an interaction. */
function learnPassword(party: Party, { operation, request }: Interaction, { status }: SeenAnswer): void {
  if (status >= 300) return
  const body = parametersOf(request)
  const account = body.userid ?? decodeURIComponent(/\/cloud\/users\/([^/]+)$/.exec(request.path)?.[1] ?? '')
  const password = body.password ?? (body.key === 'password' ? body.value : undefined)
  const isOfAccounts =
    operation === 'provisioning_api-users-add-user' || operation === 'provisioning_api-users-edit-user'
  if (isOfAccounts && typeof account === 'string' && account !== '' && typeof password === 'string' && password !== '')
    party.use(account, party.values.fill(password))
}

export function parametersOf({ body }: Interaction['request']): JsonObject {
  if (body && 'json' in body && isJsonObject(body.json)) return body.json
  if (body && 'form' in body) return body.form
  return {}
}

/** How the consumer's own world is played again. */
export interface OwnPlay {
  readonly played: readonly Played[]
  /** Accounts and groups that it has to do with. */
  readonly names: Names
}

/** Accounts that ask. */
export function actorsOf({ earlier = [], interactions }: Sequence): Set<string> {
  const actors = new Set<string>()
  for (const { as } of [...earlier, ...interactions]) {
    const wrong = /^wrong password of (.+)$/.exec(as)?.[1]
    if (wrong !== undefined) actors.add(wrong)
    else if (as !== 'anonymous' && !as.startsWith('${')) actors.add(as)
  }
  return actors
}

/**
 * Play a sequence as the consumer's tests did, and find out which accounts and groups it has to do with.
 * @throws UserError for a state that ocs-mock cannot have
 */
export async function playOwn(
  sequence: Sequence,
  {
    mock: make,
    password,
    profile,
  }: Pick<PartyMakings, 'password'> & { readonly mock: MakeMock; readonly profile: ProfileDefinition },
): Promise<OwnPlay> {
  const logins = new Map<string, Login>([[ADMIN, { user: ADMIN, password: ADMIN }]])
  const values = new KnownValues(Date.now, password)
  const seed = fillSeed(sequence.providerState, values)
  const mock = make({ profile, seed })
  const party = partyOf(mock, OWN_BASE, null, { password, logins }, values)
  for (const user of listOf(objectOf(seed).users)) party.use(String(objectOf(user).id), String(objectOf(user).password))
  const user = new Set<string>()
  const group = new Set<string>()
  const learn = () => {
    for (const { id } of mock.world.table(usersTable).values()) user.add(id)
    for (const { id } of mock.world.table(groupsTable).values()) group.add(id)
  }
  learn()
  const played: Played[] = []
  const { earlier = [], interactions } = sequence
  for (const interaction of [...earlier, ...interactions]) {
    // What was refused here a real server may make after all.
    const { userid, groupid } = parametersOf(interaction.request)
    if (interaction.operation === 'provisioning_api-users-add-user' && isName(userid)) user.add(userid)
    if (interaction.operation === 'provisioning_api-groups-add-group' && isName(groupid)) group.add(groupid)
    played.push(await ask(party, interaction))
    learn()
  }
  group.delete(ADMIN)
  return { played: played.slice(earlier.length), names: { user, group } }
}

const OWN_BASE = 'http://localhost'
const isName = (value: Json | undefined): value is string => typeof value === 'string' && value !== ''

const listOf = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : [])
const objectOf = (value: unknown): JsonObject => (isJsonObject(value as Json) ? (value as JsonObject) : {})

/** A state as a seed for the fake: what a server would give is made up. */
function fillSeed(state: JsonObject, values: KnownValues): OcsMockOptions['seed'] & object {
  for (const name of placeholdersIn(state)) {
    const [kind, number = '1'] = name.split(' ')
    if (kind === 'file') values.set(name, String(900_000 + Number(number)))
    if (kind === 'token') values.set(name, `ContractToken${number.padStart(3, '0')}`)
  }
  const filled = values.fillTree(state) as JsonObject
  const users = listOf(filled.users).map((user) => {
    const { id, password } = objectOf(user)
    return password === undefined
      ? { ...objectOf(user), password: values.fill(`\${${passwordName(String(id))}}`) }
      : user
  })
  return (users.length === 0 ? filled : { ...filled, users }) as OcsMockOptions['seed'] & object
}

function placeholdersIn(value: Json): string[] {
  if (typeof value === 'string') return partsOf(value).flatMap((part) => (typeof part === 'string' ? [] : [part.name]))
  if (Array.isArray(value)) return value.flatMap(placeholdersIn)
  return isJsonObject(value) ? Object.values(value).flatMap(placeholdersIn) : []
}

/** Take a step of making a state. @returns what went wrong, or `null` */
export async function takeStep(party: Party, step: StateStep): Promise<SeenAnswer | null> {
  const sent = { ...step, as: step.as }
  const answer = await party.send(sent)
  const seen = seenAnswer(answer)
  if (step.password) party.use(step.password[0], party.values.fill(step.password[1]))
  const data = objectOf(objectOf(objectOf(documentOf(seen.body)).ocs).data)
  for (const [name, place] of Object.entries(step.gives ?? {})) {
    const value = place.startsWith('header ')
      ? answer.headers
          .find(([known]) => known.toLowerCase() === place.slice('header '.length))?.[1]
          .replace(/^0+(\d+).*$/, (whole) => String(Number.parseInt(whole, 10)))
      : data[place.slice(1)]
    if (value !== undefined) party.values.set(name, String(value))
  }
  return isSuccess(seen) ? null : seen
}

export function isSuccess(seen: SeenAnswer): boolean {
  const meta = objectOf(objectOf(objectOf(documentOf(seen.body)).ocs).meta)
  const code = meta.statuscode
  return seen.status < 400 && (code === undefined || code === 100 || code === 200)
}

/** Whether an interaction may change something. */
export const changes = ({ request }: Interaction): boolean => !isReading(request.method)
