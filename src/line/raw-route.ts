import { parseStr } from '#lib/php-form.ts'
import type { World } from '#world/world.ts'
import { answerPageNotBuilt, errorPage } from './answer.ts'
import { type Answer, bare, type Call, jsonAnswer } from './call.ts'
import type { Route, RouteArguments } from './endpoint.ts'
import { Crash, Exit } from './failures.ts'
import { requestInfo, worldOf } from './handler-arguments.ts'
import { type Actor, ANONYMOUS, type Identity, isOfDisabled, isWrong } from './identify.ts'
import type { Instance } from './instance.ts'
import { learnAtFirst, learnLanguage } from './language.ts'
import { closedRoute, isClosed } from './maintenance.ts'
import { mergeParameters, readBody } from './read-input.ts'
import type { Handled } from './run.ts'
import { pagePath, scriptOf } from './scripts.ts'
import { because } from './why.ts'
import { whyNobody } from './why-nobody.ts'

/** Everything outside OCS: `status.php`, the web login, WebDAV. */
export async function answerRoute(instance: Instance, call: Call): Promise<Handled> {
  const method = call.method === 'HEAD' ? 'GET' : call.method
  const path = pagePath(call.path)
  const { hasControllers } = scriptOf(path)
  const answered = (answer: Answer, more: Partial<Handled> = {}): Handled => ({
    answer: hasControllers ? answer : byScript(answer),
    operation: null,
    actor: ANONYMOUS,
    outcome: 'answered',
    ...more,
  })
  const closed = isClosed(instance.world) ? closedRoute(instance.world, path, call.header('content-type')) : null
  if (closed) return answered(byScript(closed))
  let found = instance.findRoute(call.method, path)
  if (typeof found === 'string') found = instance.findRoute(method, path)
  const loading = typeof found === 'string' ? null : instance.route(found.value)
  const route = loading instanceof Promise ? await loading : loading
  // Pages find out who asks before they look where to.
  const identity = route ? route.identify && instance.identify(call) : hasControllers && instance.identify(call)
  const failed = identity && isWrong(identity) ? identity : null
  if (failed && hasControllers) {
    const params = typeof found === 'string' ? {} : found.params
    const isOpen = route?.openToDisabled?.(params) && isOfDisabled(call, instance.world)
    if (!isOpen) return answered(because(byScript(refusedPage(call, instance.world)), 'credentials', failed.wrong))
  }
  const actor = identity && !isWrong(identity) ? identity : failed && !hasControllers ? LOGIN_FAILED : ANONYMOUS
  const learning = learnAtFirst(call, actor, instance.world, instance.profile)
  if (learning) await learning
  if (!route || typeof found === 'string') {
    const known = hasControllers ? await instance.findKnownPage(method, path) : 'unknown'
    if (typeof known !== 'string')
      return answered(answerPageNotBuilt(known.value, instance.profile), {
        operation: known.value.id,
        actor,
        outcome: 'not-built',
      })
    const isOtherMethod = [found, known].includes('wrong-method')
    const answer = because(withoutRoute(call, path, isOtherMethod), 'route', instance.whyNoRoute(method, path, actor))
    return answered(answer, { actor, outcome: 'unknown-route' })
  }
  const answer = await runRoute(instance, call, route, { actor, params: found.params })
  const isLacking = answer.why?.code === 'not-built'
  const outcome = isLacking ? 'not-built' : 'answered'
  return answered(whyRefused(answer, identity, call, instance), { operation: route.id, actor, outcome })
}

/** What a route refuses for want of somebody who may, it refuses because of the credentials. */
function whyRefused(answer: Answer, identity: Identity | false | undefined, call: Call, { world }: Instance): Answer {
  if (answer.status !== 401 || !identity) return answer
  if (isWrong(identity)) return because(answer, 'credentials', identity.wrong)
  return identity.userId === null ? because(answer, 'credentials', whyNobody(call, world)) : answer
}

const byScript = (answer: Answer): Answer => ({ ...answer, speaker: 'script' })

const LOGIN_FAILED: Actor = { ...ANONYMOUS, loginFailed: true }

async function runRoute(
  instance: Instance,
  call: Call,
  route: Route,
  { actor, params }: Pick<RouteArguments, 'actor' | 'params'>,
): Promise<Answer> {
  const world = worldOf(instance, actor)
  const parameters = async () =>
    mergeParameters(call.query === '' ? {} : parseStr(call.query), await readBody(call), params)
  try {
    const answer = await route.handle({
      call,
      params,
      actor,
      world,
      profile: instance.profileFor(route),
      catalogue: instance,
      request: requestInfo(instance, call),
      outgoing: instance.outgoing,
      parameters,
    })
    if (isPage(answer)) await learnLanguage(call, actor, world, instance.profile)
    return answer
  } catch (error) {
    if (error instanceof Exit) return error.answer
    if (error instanceof Crash) return because(bare(500), 'crash', `${route.id} ends in an exception: ${error.message}`)
    throw error
  }
}

const isPage = ({ body, headers }: Answer) =>
  body !== '' && headers.some(([name, value]) => name === 'Content-Type' && value.startsWith('text/html'))

const wantsHtml = (call: Call) => /html/i.test(call.header('accept'))

/** Wrong credentials at a page: a page for browsers, JSON for everyone else (Nextcloud 34.0.1, asked). */
export function refusedPage(call: Call, world: World): Answer {
  const message = isOfDisabled(call, world) ? 'Account disabled' : ''
  if (!wantsHtml(call)) return jsonAnswer(401, { message })
  return { ...bare(401), body: errorPage(message) }
}

/** Programs, styles and fonts would try to read a page as what they asked for, so they get none. */
const WANTS_NO_PAGE = new Set(['font', 'script', 'style'])

/** A path that leads nowhere (Nextcloud 34.0.1, asked). */
function withoutRoute(call: Call, path: string, isOtherMethod: boolean): Answer {
  if (!scriptOf(path).hasControllers) return notFoundPage()
  if (isOtherMethod || call.method === 'PROPFIND') return byScript(bare(405))
  const accept = call.header('accept')
  if (accept === 'application/json' || accept === 'application/xml') return byScript(bare(404))
  if (WANTS_NO_PAGE.has(call.header('sec-fetch-dest'))) return byScript(bare(404))
  // The page that says so can only be asked for, not written to.
  return call.method === 'GET' || call.method === 'HEAD' ? notFoundPage() : byScript(notFoundPage())
}

/** The page that says that there is none. */
export const notFoundPage = (): Answer => ({ ...bare(404), body: errorPage('Page not found') })
