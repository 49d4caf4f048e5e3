import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { createOcsMock, type OcsMockWithHandlers } from '#index.ts'
import { planProbes, requestsOf } from '#verify/plan-probes.ts'
import { exchangesOf, isRecording, readRecording } from '#verify/recording.ts'
import { Sender } from '#verify/sender.ts'
import { discover } from '#verify/target.ts'

/** An answer to one operation, of the fake or of a real server. */
export interface AnsweredOperation {
  readonly by: 'us' | 'real'
  readonly operation: string
  readonly status: number
  readonly body: string
}

interface Step {
  readonly capture?: Record<string, string>
  readonly expect?: { readonly status: number; readonly body: string }
}
interface Wire {
  readonly method: string
  readonly path: string
  readonly headers: Record<string, string>
  readonly body?: string
}
/** The tools beside a corpus. */
interface Tools {
  wire(step: Step, vars: object): Wire
  capture(spec: Step['capture'], answer: { headers: Record<string, string>; body: string }): object
}

const BASE = 'https://cloud.example.com'

/** Every request of a corpus: what the real server answered, and what we answer now. */
export async function* replayed(corpus: string): AsyncGenerator<AnsweredOperation> {
  if (!existsSync(join(corpus, 'lib.mjs'))) return
  const tools = (await import(pathToFileURL(join(corpus, 'lib.mjs')).href)) as Tools
  for (const name of ['written', 'sweep', 'random']) {
    const folder = readdirSync(corpus).find((entry) => existsSync(join(corpus, entry, `${name}.json`)))
    if (!folder) continue
    const sessions = JSON.parse(readFileSync(join(corpus, folder, `${name}.json`), 'utf8')) as {
      readonly state?: string
      readonly steps: readonly Step[]
    }[]
    for (const { state, steps } of sessions) {
      const seed = state ? JSON.parse(readFileSync(join(corpus, folder, 'states', `${state}.json`), 'utf8')) : {}
      yield* session(createOcsMock({ seed, onNotBuilt: () => {} }), tools, steps)
    }
  }
}

async function* session(
  ocs: OcsMockWithHandlers,
  tools: Tools,
  steps: readonly Step[],
): AsyncGenerator<AnsweredOperation> {
  let vars = {}
  for (const step of steps) {
    const { method, path, headers, body } = tools.wire(step, vars)
    const hasBody = body !== undefined && method !== 'GET' && method !== 'HEAD'
    const response = await ocs.fetch(BASE + path, { method, headers, redirect: 'manual', ...(hasBody ? { body } : {}) })
    const text = await response.text()
    vars = { ...vars, ...tools.capture(step.capture, { headers: Object.fromEntries(response.headers), body: text }) }
    const operation = ocs.journal.entries.at(-1)?.operation
    if (!operation) continue
    yield { by: 'us', operation, status: response.status, body: text }
    if (step.expect) yield { by: 'real', operation, status: step.expect.status, body: step.expect.body }
  }
}

/** What the recordings of a folder have of real servers, those of a product whose name is given. */
export function* recorded(folder: string, product: string): Generator<AnsweredOperation> {
  for (const name of readdirSync(folder).filter((entry) => isRecording(join(folder, entry)))) {
    const recording = readRecording(join(folder, name))
    if (recording.target.product !== product || !name.startsWith(product)) continue
    for (const one of recording.cases) {
      for (const { answer } of exchangesOf(one)) {
        yield { by: 'real', operation: one.operation, status: answer.status, body: String(answer.body) }
      }
    }
  }
}

/** What we answer to whatever the verifier would ask of a real server. */
export async function* probed(): AsyncGenerator<AnsweredOperation> {
  const ocs = createOcsMock({ seed: { users: [{ id: 'alice' }] }, onNotBuilt: () => {} })
  const sender = new Sender({ base: BASE, fetch: ocs.fetch })
  const logins = ['admin', 'alice'].map((user) => ({ user, password: user }))
  const target = await discover(sender, logins)
  const { cases } = planProbes({ endpoints: (await ocs.instance.catalogue.loadAll()).endpoints, ...target })
  for (const probe of cases) {
    for (const request of requestsOf(probe).filter(({ format }) => format === 'json')) {
      const { answer } = await sender.exchange(request)
      yield { by: 'us', operation: probe.operation, status: answer.status, body: String(answer.body) }
    }
  }
}
