import type { Difference } from '../compare-values.ts'
import { type Account, curlOf, type Exchange, type ProbeRequest, variantLabel } from '../exchange.ts'
import type { Finding } from '../finding.ts'
import { shownAnswer } from '../shown-answer.ts'
import type { Correspondence } from './correspondence.ts'
import type { Model } from './model.ts'
import { withoutRun } from './own-names.ts'
import type { Values } from './step-request.ts'
import type { StateChange } from './taken-step.ts'

/** Where the steps of a run are taken, on the server and on its model. */
export interface Stage {
  readonly base: string
  readonly run: string
  readonly model: Model
  readonly correspondence: Correspondence
  readonly accounts: readonly Account[]
  /** What names in braces stand for, in each of the two. */
  readonly values: { readonly server: Values; readonly model: Values }
  /** What no report may say. */
  readonly secrets: readonly string[]
  /** The app of an operation. */
  readonly appOf: (operation: string | null) => string
}

/** What a difference is a finding of. */
export interface Circumstances {
  readonly operation: string
  readonly request: ProbeRequest
  /** With what was answered, if anything was. */
  readonly exchange?: Exchange | undefined
  /** `"a status"`, `"a status", by somebody else`. */
  readonly place: string
  /** Who is to blame, where the request only shows it. */
  readonly change?: StateChange | null
}

/** A difference as a finding that says nothing of the run. */
export function findingOf(
  difference: Difference,
  { operation, request, exchange, place, change }: Circumstances,
  { base, secrets }: Stage,
): Finding {
  const clean = (text: string) => withoutRun(text, secrets)
  const curl = curlOf(request, base)
  return {
    operation: change?.operation ?? operation,
    where: difference.where,
    expected: clean(difference.expected),
    got: clean(difference.got),
    severity: difference.severity,
    rule: change ? 'state' : difference.rule,
    seen: [clean(`${variantLabel(request)} in ${place}${change ? `, by ${operation}` : ''}`)],
    reproduce: clean(change ? `${change.curl}; ${curl}` : curl),
    ...(exchange ? { answer: clean(shownAnswer(exchange, base, secrets)) } : {}),
  }
}
