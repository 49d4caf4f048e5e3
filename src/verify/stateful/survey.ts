import type { Endpoint } from '#line/endpoint.ts'
import type { Account, ProbeRequest } from '../exchange.ts'
import { judgeCases } from '../judge-cases.ts'
import { type ProbeCase, planProbes, requestsOf } from '../plan-probes.ts'
import type { WriteOptions } from '../verification.ts'
import { withoutRun } from './own-names.ts'
import { type StepResult, V2_JSON } from './taken-step.ts'

/** What the survey is called in reports, where stories have their names. */
const STORY = 'what an ordinary account may ask'

/**
 * Ask everything that can be asked without changing anything as an ordinary account of our own: who may call is a
 * question that no administrator can answer.
 */
export async function survey(
  account: Account,
  leavesNothing: (request: ProbeRequest) => Promise<boolean>,
  endpoints: readonly Endpoint[],
  options: WriteOptions,
): Promise<StepResult[]> {
  const { target, only, sender } = options
  const cases: ProbeCase[] = []
  for (const probe of planProbes({ endpoints, apps: target.apps, accounts: [account], only }).cases) {
    if (probe.kind !== 'valid' || probe.as !== account.role) continue
    const one = { ...probe, variants: oneOf(probe.variants) }
    if (await leavesNothing(requestsOf(one)[0]!)) cases.push(one)
  }
  const { results } = await judgeCases({
    ...options,
    cases,
    target: { ...target, accounts: [...target.accounts, account] },
    sender,
  })
  return results.map(({ probe, exchanges, findings }) => ({
    story: STORY,
    operation: probe.operation,
    requests: exchanges.length,
    findings: findings.map((finding) => ({
      ...finding,
      seen: finding.seen.map((text) => `${withoutRun(text, [])} in "${STORY}"`),
      reproduce: withoutRun(finding.reproduce, []),
    })),
    succeeded: false,
  }))
}

/** One way of asking will do: the administrator was asked in all. */
const oneOf = (variants: ProbeCase['variants']): ProbeCase['variants'] => {
  const usual = variants.find(({ format, version }) => format === V2_JSON.format && version === V2_JSON.version)
  return usual ? [usual] : variants.slice(0, 1)
}
