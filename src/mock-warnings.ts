import type { Answer, Call } from '#line/call.ts'
import { UnknownRouteError } from '#line/failures.ts'
import type { Handled } from '#line/run.ts'
import { isFailure, whyOf, whyText } from '#line/why.ts'
import type { Profile } from '#profiles/profile.ts'
import type { OcsMockOptions } from './mock-options.ts'

interface Telling {
  readonly profile: Profile
  readonly options: Pick<OcsMockOptions, 'onNotBuilt' | 'onUnknownRoute' | 'explain'>
  complain(message: string): void
}

/**
 * The answer that goes out, once the one who runs the fake has heard what the fake lacks and what the product lacks.
 * @throws UnknownRouteError for a route that the product does not have, where the options say so
 */
export function answerTold(call: Call, handled: Handled, telling: Telling): Answer {
  const { answer, outcome, operation } = handled
  if (outcome === 'not-built') tellNotBuilt(call, operation, telling)
  return explained(outcome === 'unknown-route' ? toldOfRoute(call, answer, telling) : answer, handled, telling)
}

const MARK = 'X-OCS-Mock'

/**
 * Why it was refused stands in a header where another one of ours is sent already, and where that is wanted. What the
 * real server says, byte for byte, is not touched by default.
 */
function explained(answer: Answer, { operation, fault }: Handled, { options }: Telling): Answer {
  const isMarked = answer.why !== undefined && answer.headers.some(([name]) => name === MARK)
  if (!isMarked && !(options.explain && (fault !== undefined || isFailure(answer)))) return answer
  return { ...answer, headers: [...answer.headers, [`${MARK}-Why`, whyText(whyOf(answer, operation))]] }
}

const asked = ({ method, path }: Call) => `${method} ${path}`
const productOf = ({ productName, versionString }: Profile) => `${productName} ${versionString}`

function tellNotBuilt(call: Call, operation: string | null, { profile, options }: Telling): void {
  const tell = options.onNotBuilt ?? ((message: string) => console.warn(message))
  tell(`ocs-mock does not implement ${operation}, which ${productOf(profile)} has: ${asked(call)} was answered 501.`)
}

function toldOfRoute(call: Call, answer: Answer, { profile, options, complain }: Telling): Answer {
  const message = `${productOf(profile)} has no route for ${asked(call)}.`
  if (options.onUnknownRoute === 'error') throw new UnknownRouteError(message)
  if (options.onUnknownRoute === 'warn') complain(message)
  return { ...answer, headers: [...answer.headers, [MARK, 'unknown-route']] }
}
