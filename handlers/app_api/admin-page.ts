import { json, openPageSession } from '#handlers/core/api.ts'
import { type JsonObject, membersOf } from '#lib/json.ts'
import { isPhpArray } from '#lib/php.ts'
import { type Answer, bare } from '#line/call.ts'
import type { RouteArguments } from '#line/endpoint.ts'
import { Crash, Exit } from '#line/failures.ts'

export interface AdminPageArguments extends RouteArguments {
  readonly input: JsonObject
  reply(value: unknown, status?: number): Answer
  /** An array that must be there. */
  array(name: string): JsonObject
  /** An exception that nothing catches on the real server. */
  crash(): never
}

interface AdminPage {
  readonly id: string
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Below `/index.php/apps/app_api`. */
  readonly path: string
  readonly summary: string
  /** `false`: it can be opened without a request token. */
  readonly csrf?: false
  /** Only with a password that was given within the last half hour. */
  readonly recentPassword?: true
  handle(args: AdminPageArguments): Answer | Promise<Answer>
}

/** One of the calls that the pages for administrators make: JSON without an envelope. */
export const adminPage = ({ id, method, path, summary, csrf, recentPassword, handle }: AdminPage) => ({
  id: `app_api-${id}`,
  app: 'app_api',
  methods: [method],
  path: `/index.php/apps/app_api${path}`,
  identify: true,
  summary,
  handle: async (args: RouteArguments) => {
    const pageSession = await openPageSession(args, {
      login: true,
      admin: true,
      ...(csrf === false ? {} : { requestToken: true }),
      ...(recentPassword ? { recentPassword } : {}),
    })
    const input = pageSession.parameters
    return handle({
      ...args,
      input,
      reply: (value, status = 200) => json(status, value, pageSession),
      array: (name) => {
        const value = input[name]
        if (!isPhpArray(value)) throw new Exit(bare(400))
        return membersOf(value)
      },
      crash: () => {
        throw new Crash()
      },
    })
  },
})
