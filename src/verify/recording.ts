import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { messageOf, UserError } from '#lib/errors.ts'
import type { Method } from '#line/endpoint.ts'
import { loadProfile } from '#profiles/index.ts'
import { openProfile } from '#profiles/profile.ts'
import type { Account, Exchange, ProbeKind, ProbeRequest, Role, Variant } from './exchange.ts'
import type { Target } from './target.ts'
import { finishWriting } from './write-whole.ts'

/** What a recording says of the instance that it was made of. */
export interface RecordedTarget {
  readonly product: string
  readonly version: string
  /** What `/status.php` says. */
  readonly status?: Readonly<Record<string, unknown>>
  readonly profile: string
  readonly base: string
  readonly apps: readonly string[]
  /** Without login names and passwords. */
  readonly accounts: readonly {
    readonly id: string
    readonly role: Account['role']
    readonly subAdminOf: readonly string[]
  }[]
}

export interface RecordedAnswer extends Variant {
  readonly query?: string
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** What a client sent. Bodies that are no text are left out. */
export type RecordedBody =
  | { readonly type: string; readonly text: string }
  | { readonly type: string; readonly omitted: number }

/** One case of the plan with its answers, or one request of a client with its answer. */
export interface RecordedCase {
  readonly operation: string
  readonly app: string
  readonly kind: ProbeKind
  readonly as: Role
  /** The account that asked, where a client did. */
  readonly account?: string
  /** Default: GET. */
  readonly method?: Method
  readonly path: string
  readonly query: string
  readonly body?: RecordedBody
  readonly ocs?: false
  readonly control?: string
  readonly subject?: string
  readonly answers: readonly RecordedAnswer[]
  /** The first answer asked for once more, where it had changed. */
  readonly again?: RecordedAnswer
}

export interface Recording {
  readonly target: RecordedTarget
  readonly cases: readonly RecordedCase[]
}

/** Passwords of accounts in recordings: the judge needs one, and the real one is gone. */
const PASSWORD = 'redacted'

/** The target that judges need, from what a recording says. */
export async function targetOfRecording({ target }: Recording): Promise<Target> {
  const accounts: Account[] = target.accounts.map((account) => ({ ...account, login: account.id, password: PASSWORD }))
  return { ...target, accounts, profile: openProfile(await loadProfile(target.profile)), notes: [] }
}

/** What a recording keeps of a target. @param text takes secrets out of texts */
export function recordedTarget(target: Target, text: (text: string) => string): RecordedTarget {
  const { product, version, status, profile, base, apps, accounts } = target
  return {
    product,
    version,
    ...(status === undefined ? {} : { status }),
    profile: profile.id,
    base: text(base),
    apps,
    accounts: accounts.map(({ id, role, subAdminOf }) => ({ id: text(id), role, subAdminOf: subAdminOf.map(text) })),
  }
}

/** The exchanges of a recorded case. */
export function exchangesOf(recorded: RecordedCase): Exchange[] {
  return recorded.answers.map((answer) => exchangeOf(recorded, answer))
}

export function exchangeOf({ as, method = 'GET', path, query, ocs }: RecordedCase, answer: RecordedAnswer): Exchange {
  const { version, format } = answer
  const request: ProbeRequest = {
    as,
    version,
    format,
    method,
    path,
    query: answer.query ?? query,
    ...(ocs === false ? { ocs } : {}),
  }
  return { request, answer: { status: answer.status, headers: Object.entries(answer.headers), body: answer.body } }
}

export const TARGET_FILE = 'target.json'

/** @throws UserError where there is no recording */
export function readRecording(folder: string): Recording {
  finishWriting(folder)
  const target = readJson(join(folder, TARGET_FILE)) as RecordedTarget
  const files = readdirSync(join(folder, 'raw'))
    .filter((file) => file.endsWith('.json'))
    .sort()
  return { target, cases: files.flatMap((file) => readJson(join(folder, 'raw', file)) as RecordedCase[]) }
}

/** Whether there is a recording; one that a crash left half in its place is put there first. */
export function isRecording(folder: string): boolean {
  finishWriting(folder)
  return existsSync(join(folder, TARGET_FILE))
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new UserError(`Failed to read the recording "${file}": ${messageOf(error)}. Make one with "ocs-mock record".`)
  }
}
