import { parseStr } from '#lib/php-form.ts'
import type { KnownOperation, Printing, Profile } from '#profiles/profile.ts'
import { runDueJobs } from '#world/background-jobs.ts'
import type { World } from '#world/world.ts'
import { answerDenial, answerLegacy, answerNotBuilt, answerResult, errorPage, type OcsExit, saying } from './answer.ts'
import { authorize, type Denial } from './authorize.ts'
import { type Answer, bare, type Call } from './call.ts'
import { withCommonHeaders } from './common-headers.ts'
import type { Endpoint, Result } from './endpoint.ts'
import { readExit } from './exit.ts'
import { Crash, Exit, Fatal, OcsFailure } from './failures.ts'
import { handlerArguments } from './handler-arguments.ts'
import { type Actor, ANONYMOUS, isOfDisabled, isWrong, sessionOwner, type WrongCredentials } from './identify.ts'
import type { Instance } from './instance.ts'
import { learnAtFirst } from './language.ts'
import { isClosed, maintenanceAnswer } from './maintenance.ts'
import { answerRoute, notFoundPage, refusedPage } from './raw-route.ts'
import { type OcsCall, readOcsCall } from './read-call.ts'
import { coerceInput, InputError, mergeParameters, readBody } from './read-input.ts'
import { revalidate } from './revalidate.ts'
import type { RouteResult } from './route.ts'
import type { Handled, Run } from './run.ts'
import { checkSameSite } from './same-site.ts'
import { pagePath, scriptOf } from './scripts.ts'
import type { Asking } from './texts.ts'
import { checkHost } from './trusted-host.ts'
import { because, why } from './why.ts'
import { whyNobody } from './why-nobody.ts'

/** The step that decides an answer. The fake asks its handler; the verifier takes what a real server decided. */
export type Decide = (endpoint: Endpoint, instance: Instance, run: Run) => Answer | Promise<Answer>

/** A call of a controller outside of OCS that is an endpoint. Under maintenance there is none. */
function readControllerCall(call: Call, instance: Instance): OcsCall | null {
  const path = pagePath(call.path)
  if (!scriptOf(path).hasControllers || isClosed(instance.world)) return null
  const method = call.method === 'HEAD' ? 'GET' : call.method
  const found = instance.findEndpoint(method, path)
  if (found === 'unknown') return null
  // The same path may be a route for other methods.
  if (found === 'wrong-method' && typeof instance.findRoute(method, path) !== 'string') return null
  return { version: 2, path, query: call.query === '' ? {} : parseStr(call.query), isPage: true }
}

/** One request from its arrival to its answer. HEAD is GET without a body. */
export async function handle(instance: Instance, call: Call, decide: Decide = runHandler): Promise<Handled> {
  const recorded = instance.replay && (await instance.replay.answer(call, instance))
  if (recorded) return recorded
  runDueJobs(instance.world)
  const handled = await answerCall(instance, call, decide)
  const common = withCommonHeaders(handled, instance)
  const { setCookies } = handled.actor
  const answer = setCookies ? { ...common, headers: [...common.headers, ...setCookies] } : common
  return { ...handled, answer: call.method === 'HEAD' ? { ...answer, body: '' } : answer }
}

async function answerCall(instance: Instance, call: Call, decide: Decide): Promise<Handled> {
  const misnamed = checkHost(call)
  if (misnamed) return done(byScript(misnamed))
  const foreign = checkSameSite(call, instance.world)
  if (foreign) return done(byScript(foreign))
  const ocs = readOcsCall(call) ?? readControllerCall(call, instance)
  return ocs ? handleOcs(instance, call, ocs, decide) : answerRoute(instance, call)
}

async function handleOcs(instance: Instance, call: Call, ocs: OcsCall, decide: Decide): Promise<Handled> {
  const { world, profile } = instance
  const body = await readBody(call)
  const asking = readExit(call, ocs, body, profile)
  // The format is typed as a string upstream; a list is an error that nothing catches there.
  if (asking === 'no-format') return done(byScript(because(bare(200), 'format', 'parameter format is no text')))
  const method = call.method === 'HEAD' ? 'GET' : call.method

  // An instance under maintenance, or before its upgrade, answers nothing else, not even wrong credentials.
  if (isClosed(world)) return done(maintenanceAnswer(asking, world))

  // Who calls is found out before where to: a wrong password fails even on a route that does not exist.
  const identity = instance.identify(call)
  const isNobody = profile.quirks.loginFailures === 'as-nobody' && !isOfDisabled(call, world)
  const actor = isWrong(identity) && isNobody ? ANONYMOUS : identity
  if (isWrong(actor)) return refuseCredentials(asking, call, world, actor)
  const learning = learnAtFirst(call, actor, world, profile)
  if (learning) await learning
  const { unknownFormat } = profile.quirks
  const found = instance.findEndpoint(method, ocs.path, actor)
  if (typeof found === 'string') {
    const known = await instance.findKnown(method, ocs.path)
    const handled = withoutEndpoint(profile, asking, actor, known, found)
    if (handled.outcome === 'not-built') return handled
    return { ...handled, answer: because(handled.answer, 'route', instance.whyNoRoute(method, ocs.path, actor)) }
  }
  const { value: operation, params } = found
  const loading = instance.endpoint(operation)
  const endpoint = loading instanceof Promise ? await loading : loading
  const exit = exitOf(endpoint, asking)
  if (unknownFormat === 'server-error' && endpoint.exit !== 'legacy' && exit.format !== 'json' && exit.format !== 'xml')
    return done(because(serverError(exit), 'format', `no format is called ${exit.format}`), actor, endpoint.id)

  if (endpoint.anonymous && actor.userId === null)
    return done(because(bare(200), 'credentials', whyNobody(call, world)), actor, endpoint.id)
  const denial = authorize(endpoint, call, actor, world, profile.quirks)
  if (denial) {
    const said = instance.translations
      ? await instance.translations.denial(denial, { call, actor, endpoint, world })
      : denial
    return done(refuse(exit, said, call), actor, endpoint.id)
  }

  const raw = mergeParameters(ocs.query, body, params)
  const input = coerceInput(endpoint.input, raw, params)
  if (input instanceof InputError) {
    const answer = input.isOutOfRange ? serverError(exit) : wrongKind(exit)
    return done(because(answer, 'input', input.sentence), actor, endpoint.id)
  }

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

const byScript = (answer: Answer): Answer => ({ ...answer, speaker: 'script' })

/** No endpoint of ours: the product does not know the route, knows it for other methods, or knows what we lack. */
function withoutEndpoint(
  profile: Profile,
  exit: OcsExit,
  actor: Actor,
  known: RouteResult<KnownOperation>,
  found: 'unknown' | 'wrong-method',
): Handled {
  const { unknownRoute } = profile.quirks
  if (exit.isPage && found === 'unknown') return done(notFoundPage(), actor, null, 'unknown-route')
  if (exit.isPage) return done(byScript(bare(405)), actor, null, 'unknown-route')
  if (typeof known !== 'string')
    return done(answerNotBuilt(exit, known.value, profile), actor, known.value.id, 'not-built')
  if (found === 'unknown' && known === 'unknown')
    return done(answerLegacy(exit, unknownRoute.code, unknownRoute.message), actor, null, 'unknown-route')
  return done(byScript(wrongMethod(exit)), actor, null, 'unknown-route')
}

/** Controllers below `index.php` answer plain JSON, or always the envelope of v1, unless they are asked as OCS is. */
function exitOf({ envelope, exit }: Endpoint, asking: OcsExit): OcsExit {
  if (exit) return { ...asking, form: exit }
  if (envelope === false) return { ...asking, plain: true }
  return envelope === 'v1' ? { ...asking, version: 1 } : asking
}

/** The one place where what a handler throws is told apart; our own bugs are passed on. */
export async function runHandler(endpoint: Endpoint, instance: Instance, run: Run): Promise<Answer> {
  const { translations } = instance
  try {
    const decided = await endpoint.handle(handlerArguments(endpoint, instance, run))
    const said = translations ? await translations.result(decided, askingIn(instance, endpoint, run)) : decided
    const result = revalidate(run.call, said)
    if (endpoint.notInXml && run.exit.format !== 'json' && result.status === 200)
      throw new Fatal('its answer cannot be written as XML')
    return answerResult(printedBy(instance, endpoint, run, result), result)
  } catch (error) {
    if (error instanceof OcsFailure) {
      const { code: status } = error
      const message = translations
        ? await translations.message(error.message, askingIn(instance, endpoint, run))
        : error.message
      const headers = run.exit.form === 'legacy' && status === UNAUTHORISED ? challenge(run.call) : {}
      return answerResult(run.exit, { status, data: run.exit.plain ? { message } : [], message, headers })
    }
    if (error instanceof Exit) return error.answer
    if (error instanceof Crash) return because(serverError(run.exit), 'crash', whyCrash(endpoint, error))
    if (error instanceof Fatal) return because(byScript(bare(200)), 'crash', whyCrash(endpoint, error))
    throw error
  }
}

const askingIn = ({ world }: Instance, endpoint: Endpoint, { call, actor }: Run): Asking => ({
  call,
  actor,
  endpoint,
  world,
})

const whyCrash = ({ id }: Endpoint, { message }: Error): string =>
  `${id} ends in an exception that nothing catches${message === '' ? '' : `: ${message}`}`

/** The exit of a profile that is made from a manual gives success the manual's form. */
function printedBy({ profile, baseUrl }: Instance, endpoint: Endpoint, run: Run, { data }: Result): OcsExit {
  const form = profile.printed
  if (!form) return run.exit
  const printing: Printing = {
    operation: endpoint.id,
    app: endpoint.app,
    input: run.input,
    data,
    baseUrl: baseUrl ?? run.call.origin,
  }
  return { ...run.exit, print: { data: form.data(printing), meta: (meta) => form.meta(printing, meta) } }
}

/** Pages that break answer with a page that is none of a controller's. */
function serverError(exit: OcsExit): Answer {
  if (!exit.isPage) return answerLegacy(exit, 996, 'Internal Server Error\n')
  return byScript({ ...bare(500), body: errorPage('Internal Server Error') })
}

const UNAUTHORISED = 997

/** The legacy exit has one word for all whom an operation is not for. */
function refuse(exit: OcsExit, denial: Denial, call: Call): Answer {
  if (exit.form !== 'legacy') return answerDenial(exit, denial, call)
  return saying(answerLegacy(exit, UNAUTHORISED, 'Unauthorised', challenge(call)), denial)
}

/** Pages say it as those of the product do. A session goes on telling whose it was (Nextcloud 34.0.1, asked). */
function refuseCredentials(exit: OcsExit, call: Call, world: World, { wrong }: WrongCredentials): Handled {
  const missing = 'wrong-credentials; send those of an account that there is'
  const said = (answer: Answer) => saying(answer, { missing, why: why('credentials', wrong) })
  if (exit.isPage) return done(said(byScript(refusedPage(call, world))))
  const asked = exit.quirks.loginFailures === 'xml' ? { ...exit, format: 'xml', legacyFormat: 'xml' } : exit
  const actor = { ...ANONYMOUS, userId: sessionOwner(call, world) }
  return done(said(answerLegacy(asked, 997, 'Unauthorised', challenge(call))), actor)
}

const wrongKind = (exit: OcsExit): Answer => (exit.quirks.wrongKind === 'bad-request' ? bare(400) : serverError(exit))

const wrongMethod = (exit: OcsExit): Answer => ({ ...answerLegacy(exit, 998, ''), status: 405, body: '' })

/** A browser would ask for a password on a real challenge, so scripts get a dummy one. */
function challenge(call: Call): Record<string, string> {
  const scheme = call.header('x-requested-with') === 'XMLHttpRequest' ? 'DummyBasic' : 'Basic'
  return { 'WWW-Authenticate': `${scheme} realm="Authorisation Required"` }
}
