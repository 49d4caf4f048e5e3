import { Crash, Exit, Fatal, OcsFailure } from '#lib/errors.ts'
import type { KnownOperation, Profile } from '#profiles/profile.ts'
import { answerDenial, answerLegacy, answerNotBuilt, answerResult, type OcsExit } from './answer.ts'
import { authorize } from './authorize.ts'
import { type Answer, bare, type Call } from './call.ts'
import type { Endpoint, Result } from './endpoint.ts'
import { readExit } from './exit.ts'
import { handlerArguments } from './handler-arguments.ts'
import { type Actor, ANONYMOUS, identify } from './identify.ts'
import type { Instance } from './instance.ts'
import { learnLanguage } from './language.ts'
import { isClosed, maintenanceAnswer } from './maintenance.ts'
import type { Upload } from './multipart.ts'
import { answerRoute } from './raw-route.ts'
import { type OcsCall, readOcsCall } from './read-call.ts'
import { coerceInput, mergeParameters, readBody } from './read-input.ts'
import { revalidate } from './revalidate.ts'
import type { RouteResult } from './route.ts'
import { checkSameSite } from './same-site.ts'

/** What the journal wants to know about a call that was answered. */
export interface Handled {
  readonly answer: Answer
  /** The operation that answered, if one was found. */
  readonly operation: string | null
  readonly actor: Actor
  /**
   * `not-built`: the product has it, we do not. `not-recorded`: only a recording is asked, and it has no answer.
   * `dropped`: a fault broke the connection.
   */
  readonly outcome: 'answered' | 'unknown-route' | 'not-built' | 'not-recorded' | 'dropped'
  /** The name of the fault that had a hand in it. */
  readonly fault?: string
}

/** What stands at the handler's place for a call that got so far. */
export interface Run {
  readonly call: Call
  readonly actor: Actor
  readonly input: Record<string, unknown>
  readonly raw: Record<string, unknown>
  readonly uploads: Readonly<Record<string, Upload>>
  readonly exit: OcsExit
}

/** The step that decides an answer. The fake asks its handler; the verifier takes what a real server decided. */
export type Decide = (endpoint: Endpoint, instance: Instance, run: Run) => Answer | Promise<Answer>

/** One request from its arrival to its answer. HEAD is GET without a body. */
export async function handle(instance: Instance, call: Call, decide: Decide = runHandler): Promise<Handled> {
  const recorded = instance.replay && (await instance.replay.answer(call, instance))
  if (recorded) return recorded
  const foreign = checkSameSite(call, instance.world)
  if (foreign) return done(foreign)
  const ocs = readOcsCall(call)
  const handled = ocs ? await handleOcs(instance, call, ocs, decide) : await answerRoute(instance, call)
  return call.method === 'HEAD' ? { ...handled, answer: { ...handled.answer, body: '' } } : handled
}

async function handleOcs(instance: Instance, call: Call, ocs: OcsCall, decide: Decide): Promise<Handled> {
  const { world, profile } = instance
  const body = await readBody(call)
  const asking = readExit(call, ocs, body, profile)
  // The format is typed as a string upstream; a list is an error that nothing catches there.
  if (asking === 'no-format') return done(bare(200))
  const method = call.method === 'HEAD' ? 'GET' : call.method

  // An instance under maintenance, or before its upgrade, answers nothing else, not even wrong credentials.
  if (isClosed(world)) return done(maintenanceAnswer(asking))

  // Who calls is found out before where to: a wrong password fails even on a route that does not exist.
  const actor = identify(call, world)
  if (actor === 'wrong-credentials') return done(answerLegacy(asking, 997, 'Unauthorised', challenge(call)))
  learnLanguage(call, actor, world, profile)

  const found = instance.findEndpoint(method, ocs.path)
  if (typeof found === 'string') {
    return withoutEndpoint(profile, asking, actor, instance.findKnown(method, ocs.path), found)
  }
  const { value: endpoint, params } = found
  const exit: OcsExit = endpoint.envelope === false ? { ...asking, plain: true } : asking

  if (endpoint.anonymous && actor.userId === null) return done(bare(200), actor, endpoint.id)
  const denial = authorize(endpoint, call, actor, world, profile.quirks)
  if (denial) return done(answerDenial(exit, denial, call), actor, endpoint.id)

  const raw = mergeParameters(ocs.query, body, params)
  const input = coerceInput(endpoint.input, raw, params)
  if (input === 'type-error') return done(bare(400), actor, endpoint.id)
  if (input === 'out-of-range') return done(serverError(exit), actor, endpoint.id)

  return done(
    await decide(endpoint, instance, { call, actor, input, raw, uploads: body.uploads, exit }),
    actor,
    endpoint.id,
  )
}

function done(
  answer: Answer,
  actor: Actor = ANONYMOUS,
  operation: string | null = null,
  outcome: Handled['outcome'] = 'answered',
): Handled {
  return { answer, operation, outcome, actor }
}

/** No endpoint of ours: the product does not know the route, knows it for other methods, or knows what we lack. */
function withoutEndpoint(
  profile: Profile,
  exit: OcsExit,
  actor: Actor,
  known: RouteResult<KnownOperation>,
  found: 'unknown' | 'wrong-method',
): Handled {
  if (typeof known !== 'string')
    return done(answerNotBuilt(exit, known.value, profile), actor, known.value.id, 'not-built')
  const answer = found === 'unknown' && known === 'unknown' ? answerLegacy(exit, 998, UNKNOWN_ROUTE) : wrongMethod(exit)
  return done(answer, actor, null, 'unknown-route')
}

/** Ask the handler. Whatever happens in the world meanwhile, its caller is behind it. */
function ask(endpoint: Endpoint, instance: Instance, run: Run): Result | Promise<Result> {
  const given = handlerArguments(endpoint, instance, run)
  const { userId } = run.actor
  return userId === null ? endpoint.handle(given) : instance.world.under({ by: userId }, () => endpoint.handle(given))
}

/** The one place where what a handler throws is told apart; our own bugs are passed on. */
export async function runHandler(endpoint: Endpoint, instance: Instance, run: Run): Promise<Answer> {
  try {
    const result = revalidate(run.call, await ask(endpoint, instance, run))
    return answerResult(printedBy(instance, endpoint, run, result), result, run.actor)
  } catch (error) {
    if (error instanceof OcsFailure) {
      return answerResult(run.exit, { status: error.code, data: [], message: error.message }, run.actor)
    }
    if (error instanceof Exit) return error.answer
    if (error instanceof Crash) return serverError(run.exit)
    if (error instanceof Fatal) return bare(200)
    throw error
  }
}

/** The exit of a profile that is made from a manual gives success the manual's form. */
function printedBy({ profile, baseUrl }: Instance, endpoint: Endpoint, run: Run, result: Result): OcsExit {
  const form = profile.printed
  if (!form) return run.exit
  const printing = { operation: endpoint.id, input: run.input, result, baseUrl: baseUrl ?? run.call.origin }
  return { ...run.exit, print: { data: form.data(printing), meta: (meta) => form.meta(printing, meta) } }
}

const UNKNOWN_ROUTE =
  'Invalid query, please check the syntax. API specifications are here: http://www.freedesktop.org/wiki/Specifications/open-collaboration-services.\n'

const serverError = (exit: OcsExit) => answerLegacy(exit, 996, 'Internal Server Error\n')

const wrongMethod = (exit: OcsExit): Answer => ({ ...answerLegacy(exit, 998, ''), status: 405, body: '' })

/** A browser would ask for a password on a real challenge, so scripts get a dummy one. */
function challenge(call: Call): Record<string, string> {
  const scheme = call.header('x-requested-with') === 'XMLHttpRequest' ? 'DummyBasic' : 'Basic'
  return { 'WWW-Authenticate': `${scheme} realm="Authorisation Required"` }
}
