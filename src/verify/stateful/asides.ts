import type { Step, Story } from '#app/story.ts'
import type { Endpoint } from '#line/endpoint.ts'
import type { Difference } from '../compare-values.ts'
import type { Exchange } from '../exchange.ts'
import { keyOf } from '../finding.ts'
import { NoAnswerError, type Sender } from '../sender.ts'
import { judgeStep } from './judge-step.ts'
import type { Prediction } from './model.ts'
import { findingOf, type Stage } from './stage.ts'
import { isRaw, requestOf } from './step-request.ts'
import { type Aside, READING_METHODS, type StepResult, statusOf, succeeded, V2_JSON } from './taken-step.ts'
import {
  textsOf,
  type Variation,
  variationOfLength,
  variationsOfActor,
  variationsOfInput,
  variationsOfPath,
} from './variations.ts'

/** A text that no operation takes whole. */
const LONGEST = 5000
const NONE = Number.POSITIVE_INFINITY
const MOST_LOOKS = 4

/**
 * Asks beside the steps of stories what the model refuses: the same step by somebody else, with something that is not
 * there, without a parameter, with values that it cannot have, with a text that is one character too long. Each once in
 * a run, where it is first met.
 */
export class Asides {
  readonly #asked = new Set<string>()
  /** How often it was looked at what the model makes of something. */
  readonly #looks = new Map<string, number>()
  /** How long texts must be to be refused; `NONE`: all are taken. */
  readonly #lengths = new Map<string, number>()
  readonly #sender: Sender
  readonly #endpoints: ReadonlyMap<string, Endpoint>

  constructor(sender: Sender, endpoints: readonly Endpoint[]) {
    this.#sender = sender
    this.#endpoints = new Map(endpoints.map((endpoint) => [endpoint.id, endpoint]))
  }

  /** Before a step that the model says to succeed is taken; after one that only looks. */
  async beside(step: Step, story: Story, operation: string, stage: Stage): Promise<Aside> {
    const results: StepResult[] = []
    for (const variation of await this.#variationsOf(step, operation, stage)) {
      const key = `${operation} ${variation.what}`
      if (this.#asked.has(key) || (!variation.mustDiffer && this.#isHopeless(key))) continue
      const foreseen = await this.#foresee(variation.step, stage)
      if (!isWorthAsking(variation, foreseen, operation)) continue
      if (variation.mustDiffer && isSame(foreseen, await this.#foresee(step, stage))) continue
      const request = requestOf(variation.step, V2_JSON, stage.run, stage.values.model)
      const isRead = READING_METHODS.has(variation.step.method)
      if (!isRead && !(await stage.model.leavesNothing(request, stage.accounts))) continue
      this.#asked.add(key)
      await stage.model.take(request, stage.accounts)
      const { result, isSpoilt } = await this.#ask(variation, story, foreseen, stage)
      results.push(result)
      if (isSpoilt) return { results, isSpoilt }
    }
    return { results, isSpoilt: false }
  }

  /** What was not refused where it was looked at a few times is taken everywhere. */
  #isHopeless(key: string): boolean {
    const looks = (this.#looks.get(key) ?? 0) + 1
    this.#looks.set(key, looks)
    return looks > MOST_LOOKS
  }

  async #variationsOf(step: Step, operation: string, stage: Stage): Promise<Variation[]> {
    const actors = variationsOfActor(step)
    const endpoint = this.#endpoints.get(operation)
    if (isRaw(step) || !endpoint) return actors
    const lengths: Variation[] = []
    for (const name of textsOf(step, endpoint)) {
      const key = `${operation} ${name}`
      const length = this.#lengths.get(key) ?? (await this.#shortestRefused(step, name, stage))
      this.#lengths.set(key, length)
      if (length !== NONE) lengths.push(variationOfLength(step, name, length))
    }
    // Whoever guesses at what is public is slowed down.
    const paths = endpoint.access === 'public' ? [] : variationsOfPath(step, endpoint)
    return [...actors, ...paths, ...variationsOfInput(step, endpoint), ...lengths]
  }

  #foresee(step: Step, { model, accounts, run, values }: Stage): Promise<Prediction> {
    return model.foresee(requestOf(step, V2_JSON, run, values.model), accounts)
  }

  /** How long a text must be for the model to refuse it. */
  async #shortestRefused(step: Step, name: string, stage: Stage): Promise<number> {
    const isRefused = async (length: number) => {
      const varied = variationOfLength(step, name, length).step
      return !succeeded(statusOf(step, (await this.#foresee(varied, stage)).handled))
    }
    if (!(await isRefused(LONGEST))) return NONE
    let [taken, refused] = [1, LONGEST]
    while (refused - taken > 1) {
      const middle = (taken + refused) >> 1
      if (await isRefused(middle)) refused = middle
      else taken = middle
    }
    return refused
  }

  async #ask(variation: Variation, story: Story, foreseen: Prediction, stage: Stage) {
    const { step } = variation
    const { run, values } = stage
    const request = requestOf(step, V2_JSON, run, values.server)
    let exchange: Exchange | undefined
    let isSpoilt = false
    const differences: (readonly Difference[])[] = []
    // What is refused changes nothing, so it is asked again before anything is told.
    for (let i = 0; i < 2 && differences.every(({ length }) => length > 0); i++) {
      try {
        exchange = await this.#sender.exchange(request)
      } catch (error) {
        if (!(error instanceof NoAnswerError)) throw error
        break
      }
      isSpoilt ||= !READING_METHODS.has(step.method) && succeeded(statusOf(step, exchange))
      differences.push(await judgeAside(exchange, foreseen, step, stage))
    }
    const operation = foreseen.handled.operation ?? 'protocol'
    const found = exchange && !isSpoilt ? inBoth(differences, operation) : (differences[0] ?? [])
    const place = `"${story.name}", ${variation.what}`
    const findings = found.map((one) => findingOf(one, { operation, request, exchange, place }, stage))
    const result: StepResult = {
      story: story.name,
      operation,
      requests: differences.length,
      findings,
      succeeded: false,
    }
    return { result, isSpoilt }
  }
}

const isSame = (one: Prediction, other: Prediction): boolean => bodyOf(one) === bodyOf(other)
const bodyOf = ({ handled }: Prediction): string => JSON.stringify(handled.answer.body)

/** The model has an answer to it, and one that says something. */
function isWorthAsking({ step, refusedOnly, what }: Variation, { handled }: Prediction, operation: string): boolean {
  if (handled.outcome !== 'answered') return false
  if (!/^by /.test(what) && handled.operation !== operation) return false
  return !refusedOnly || !succeeded(statusOf(step, handled))
}

async function judgeAside(
  exchange: Exchange,
  predicted: Prediction,
  step: Step,
  { base, run, values, accounts, correspondence, appOf }: Stage,
): Promise<readonly Difference[]> {
  const { differences } = await judgeStep({
    exchanges: [exchange],
    modelRequests: [requestOf(step, V2_JSON, run, values.model)],
    predicted,
    accounts,
    base,
    app: appOf(predicted.handled.operation),
    correspondence,
  })
  return differences[0] ?? []
}

function inBoth([first = [], second = []]: readonly (readonly Difference[])[], operation: string): Difference[] {
  const keys = new Set(second.map((one) => keyOf({ ...one, operation })))
  return first.filter((one) => keys.has(keyOf({ ...one, operation })))
}
