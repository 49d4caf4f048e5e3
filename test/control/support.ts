import type { ControlCall } from '#control/call.ts'
import { CONTROL_CALLS } from '#control/calls.ts'
import { ControlledMock } from '#control/controlled-mock.ts'
import { checkValue } from '#lib/schema.ts'
import type { Answer, Call } from '#line/call.ts'
import { Router } from '#line/route.ts'
import { OcsMock, type OcsMockOptions } from '#mock.ts'

interface ControlRequest {
  readonly headers?: Record<string, string>
  readonly json?: unknown
  readonly text?: string
}

/** A call as an adapter would make it. */
export function callOf(method: string, url: string, { headers = {}, json, text = '' }: ControlRequest = {}): Call {
  const [path = '', query = ''] = url.split('?')
  const body = json === undefined ? text : JSON.stringify(json)
  return {
    method,
    path,
    query,
    origin: 'http://localhost',
    header: (name) => headers[name] ?? '',
    headers: () => Object.entries(headers),
    body: () => new TextEncoder().encode(body),
    remoteAddress: '127.0.0.1',
  }
}

/** The call that answers a request. */
const routed = new Router<ControlCall>()
for (const call of CONTROL_CALLS) routed.add(call.method, call.path, call)

/** What is not as the API's own document says: in each test, of each answer that is none of a mistake. */
function undocumented(method: string, path: string, body: unknown): string[] {
  const found = routed.match(method, path.split('?')[0] || '/')
  const answers = typeof found === 'string' ? undefined : found.value.answers
  if (!answers) return ['it says that it answers no JSON']
  return checkValue(answers, body).map(({ pointer, expected, got }) => `${pointer}: expected ${expected}, got ${got}`)
}

/** The standalone server's mock without its port. */
export class Control {
  readonly #mock: ControlledMock

  constructor(options: OcsMockOptions = {}) {
    this.#mock = new ControlledMock(new OcsMock({ onNotBuilt: () => {}, ...options }))
  }

  answer(method: string, url: string, request?: ControlRequest): Promise<Answer> {
    return this.#mock.handle(callOf(method, url, request))
  }

  /** A call below `/__admin`: the status and the decoded body. */
  async ask(method: string, path: string, request?: ControlRequest) {
    const { status, headers, body } = await this.answer(method, `/__admin${path}`, request)
    if (!headers.some(([, value]) => value.startsWith('application/json'))) throw new Error(`${path}: no JSON`)
    const decoded = JSON.parse(String(body))
    const problems = status === 200 ? undocumented(method, path, decoded) : []
    if (problems.length > 0) throw new Error(`${method} ${path} is not as documented: ${problems.join('; ')}`)
    return { status, body: decoded }
  }

  /** The ids of all groups, as an administrator sees them. */
  async groups(headers: Record<string, string> = {}): Promise<string[]> {
    const { body } = await this.ask('GET', '/state', { headers })
    return Object.keys(body.tables.groups)
  }
}
