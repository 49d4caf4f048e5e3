import { parseStr } from '#lib/php-form.ts'
import { type Answer, bare, type Call } from './call.ts'
import { Crash, Exit } from './failures.ts'
import { requestInfo, worldOf } from './handler-arguments.ts'
import { ANONYMOUS } from './identify.ts'
import type { Instance } from './instance.ts'
import { learnLanguage } from './language.ts'
import { closedRoute, isClosed } from './maintenance.ts'
import { mergeParameters, readBody } from './read-input.ts'
import type { Handled } from './run.ts'

/** Everything outside OCS: `status.php`, the web login, WebDAV. */
export async function answerRoute(instance: Instance, call: Call): Promise<Handled> {
  const method = call.method === 'HEAD' ? 'GET' : call.method
  const path = call.path.replace(/\/{2,}/g, '/')
  const closed = isClosed(instance.world) ? closedRoute(instance.world, path, call.header('content-type')) : null
  if (closed) return { answer: closed, operation: null, actor: ANONYMOUS, outcome: 'answered' }
  let found = instance.findRoute(call.method, path)
  if (typeof found === 'string') found = instance.findRoute(method, path)
  if (typeof found === 'string') {
    return {
      answer: found === 'unknown' ? notFound() : bare(405),
      operation: null,
      actor: ANONYMOUS,
      outcome: 'unknown-route',
    }
  }
  const { value: operation, params } = found
  const route = await instance.route(operation)
  const identity = route.identify ? instance.identify(call) : ANONYMOUS
  const actor = identity === 'wrong-credentials' ? { ...ANONYMOUS, loginFailed: true } : identity
  const world = worldOf(instance, actor)
  const learning = learnLanguage(call, actor, world, instance.profile)
  if (learning) await learning
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
    return { answer, operation: route.id, actor, outcome: 'answered' }
  } catch (error) {
    if (error instanceof Exit) return { answer: error.answer, operation: route.id, actor, outcome: 'answered' }
    if (error instanceof Crash) return { answer: bare(500), operation: route.id, actor, outcome: 'answered' }
    throw error
  }
}

function notFound(): Answer {
  return {
    ...bare(404),
    body: '<!DOCTYPE html>\n<html><head><title>Nextcloud</title></head><body><h2>Page not found</h2></body></html>\n',
  }
}
