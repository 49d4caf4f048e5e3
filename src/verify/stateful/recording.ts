import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Catalogue } from '#line/catalogue.ts'
import { isReadByClients } from '../judge-headers.ts'
import { Redactor } from '../redact.ts'
import { SECRETS_OF_STORIES } from '../secret-names.ts'
import { Sender } from '../sender.ts'
import { discover } from '../target.ts'
import { writeWhole } from '../write-whole.ts'
import { verifyWrites, type WriteVerification } from './verify-writes.ts'

/** One answer of a run that changed a server, and what it answered. */
export interface StatefulAnswer {
  readonly method: string
  /** Below the base, with its query. */
  readonly target: string
  readonly accept: string
  /** Login name, or nothing. */
  readonly as: string
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** A run that changed a server, answer by answer. */
export interface StatefulRecording {
  readonly base: string
  readonly run: string
  /** Milliseconds since 1970. */
  readonly startedAt: number
  /** Names of the stories, in the order in which they were run. */
  readonly stories: readonly string[]
  readonly answers: readonly StatefulAnswer[]
}

const FILE = 'written.json'
/** The real ones are gone; the model's password policy takes these. */
const PASSWORDS = ['Not-the-real-1st-one', 'Not-the-real-2nd-one'] as const

/** What the judge looks at besides headers that clients read, and the server's clock. */
const KEPT: ReadonlySet<string> = new Set(['content-type', 'content-location', 'date'])

/** The answers without what is secret: passwords, tokens, cookies, e-mail addresses, hosts. */
export function redactStatefulRecording(recording: StatefulRecording, secrets: readonly string[]): StatefulRecording {
  const { base } = recording
  const redactor = new Redactor({ base, secrets, names: SECRETS_OF_STORIES })
  for (const { status, body } of recording.answers) redactor.learn({ answer: { status, headers: [], body } })
  return {
    ...recording,
    base: redactor.text(base),
    answers: recording.answers.map((answer) => ({
      ...answer,
      target: redactor.text(answer.target),
      as: redactor.text(answer.as),
      headers: Object.fromEntries(
        Object.entries(answer.headers)
          .filter(([name]) => KEPT.has(name) || isReadByClients(name))
          .map(([name, value]) => [name, redactor.text(value)]),
      ),
      body: redactor.text(answer.body),
    })),
  }
}

export function writeStatefulRecording(folder: string, { answers, ...rest }: StatefulRecording): void {
  const lines = answers.map((answer) => JSON.stringify(answer)).join(',\n')
  const head = JSON.stringify(rest).slice(0, -1)
  writeWhole(join(folder, FILE), `${head},"answers":[\n${lines}\n]}\n`)
}

/** `null` where the folder has no such recording. */
export function readStatefulRecording(folder: string): StatefulRecording | null {
  const file = join(folder, FILE)
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as StatefulRecording) : null
}

/** Judge a recorded run as if the server answered now: the same steps are taken, and its answers come again. */
export async function judgeStatefulRecording(
  recording: StatefulRecording,
  catalogue: Catalogue,
): Promise<WriteVerification> {
  const sleep = async () => {}
  const sender = new Sender({ base: recording.base, fetch: fetchFromRecording(recording), sleep })
  const target = await discover(sender, [{ user: 'admin', password: PASSWORDS[0] }])
  const { run, startedAt } = recording
  const all = (await catalogue.gather('stories')).map(({ contribution }) => contribution)
  const stories = recording.stories.flatMap((name) => all.find((story) => story.name === name) ?? [])
  return verifyWrites({ target, sender, catalogue, sleep, run, startedAt, stories, passwords: PASSWORDS })
}

/** Answers every request with what came to it then, in the order in which it came. */
function fetchFromRecording({ base, answers }: StatefulRecording): typeof globalThis.fetch {
  // Addresses were kept without what names of parameters call secret.
  const redactor = new Redactor({ base, secrets: [], names: SECRETS_OF_STORIES })
  const queues = new Map<string, StatefulAnswer[]>()
  for (const answer of answers) {
    const key = keyOf(answer)
    queues.set(key, [...(queues.get(key) ?? []), answer])
  }
  return async (input, init) => {
    const request = new Request(input, init)
    const login = request.headers.get('authorization')
    const key = keyOf({
      method: request.method,
      target: redactor.text(request.url.slice(base.length)),
      accept: new Headers(init?.headers).get('accept') ?? '',
      as: login === null ? '' : atob(login.slice('Basic '.length)).split(':')[0]!,
    })
    const answer = queues.get(key)?.shift()
    if (!answer) throw new TypeError(`nothing was recorded for ${key}`)
    const body = answer.status === 204 || answer.status === 304 ? null : answer.body
    return new Response(body, { status: answer.status, headers: answer.headers })
  }
}

const keyOf = ({ method, target, accept, as }: Pick<StatefulAnswer, 'method' | 'target' | 'accept' | 'as'>): string =>
  `${method} ${decodeURI(target)} ${accept} ${as}`
