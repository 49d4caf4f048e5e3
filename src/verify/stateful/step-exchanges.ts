import type { Story } from '#app/story.ts'
import type { Difference } from '../compare-values.ts'
import type { Exchange, ProbeRequest } from '../exchange.ts'
import type { Finding } from '../finding.ts'
import { NoAnswerError, type Sender } from '../sender.ts'
import type { StepJudgement } from './judge-step.ts'
import { findingOf, type Stage } from './stage.ts'
import { CHANGE_RULES, PAUSE_BEFORE_LOOK, pause, type StateChange, type StepResult } from './taken-step.ts'

/** Sends the variants of a step: together where they only look, else one after the other. */
export async function send(sender: Sender, requests: readonly ProbeRequest[], together: boolean): Promise<Exchange[]> {
  if (together) return Promise.all(requests.map((one) => sender.exchange(one)))
  const exchanges: Exchange[] = []
  for (const one of requests) exchanges.push(await sender.exchange(one))
  return exchanges
}

/** Looks again after a while. `null`: nobody answers. */
export async function sendLater(
  { sender, sleep = pause }: { sender: Sender; sleep?: ((milliseconds: number) => Promise<void>) | undefined },
  requests: readonly ProbeRequest[],
): Promise<Exchange[] | null> {
  await sleep(PAUSE_BEFORE_LOOK)
  try {
    return await send(sender, requests, true)
  } catch (error) {
    if (error instanceof NoAnswerError) return null
    throw error
  }
}

/** What the answers to a step are findings of: the step itself, or the change that it shows. */
export function findingsOf(
  story: Story,
  change: StateChange | null,
  exchanges: readonly Exchange[],
  judged: StepJudgement,
  stage: Stage,
): Finding[] {
  const place = `"${story.name}"`
  const findings = exchanges.flatMap((exchange, i) =>
    judged.differences[i]!.map((difference) => {
      const blamed = CHANGE_RULES.has(difference.rule) ? change : null
      return findingOf(
        difference,
        { operation: judged.operation, request: exchange.request, exchange, change: blamed, place },
        stage,
      )
    }),
  )
  // However much a change got wrong, the first thing that shows it will do.
  const shown = change && findings.find(({ rule }) => rule === 'state')
  return shown ? [shown] : findings
}

/** A step to which nobody answered. */
export function unanswered(
  story: Story,
  request: ProbeRequest,
  operation: string,
  got: string,
  stage: Stage,
): StepResult {
  const difference: Difference = {
    where: 'status',
    expected: 'an answer',
    got,
    severity: 'breaks',
    rule: 'unanswered',
  }
  const finding = findingOf(difference, { operation, request, place: `"${story.name}"` }, stage)
  return { story: story.name, operation, requests: 1, findings: [finding], succeeded: false }
}
