import type { OccResult } from '#console/run.ts'
import { UserError } from '#lib/errors.ts'
import { isJsonObject, type Json, type JsonObject, parseJson } from '#lib/json.ts'

/** Where a fake is that `ocs-mock serve` or `serve()` started. */
export interface FakeAddress {
  /** `http://127.0.0.1:8080`. Default: `OCS_MOCK_URL` of the environment, or that address. */
  readonly url?: string
  /** One of its worlds. Default: `OCS_MOCK_WORLD` of the environment, or the default world. */
  readonly world?: string
}

/** A command line that was run with arguments, environment and input. */
export interface RemoteCommand {
  readonly args: string | readonly string[]
  readonly env?: Readonly<Record<string, string>>
  readonly stdin?: string
}

type Environment = Readonly<Record<string, string | undefined>>

/** A fake in another process, by its control API. */
export class RemoteFake {
  readonly url: string
  readonly #headers: Readonly<Record<string, string>>

  constructor({ url, world }: FakeAddress = {}, env: Environment = process.env) {
    this.url = (url ?? env.OCS_MOCK_URL ?? 'http://127.0.0.1:8080').replace(/\/+$/, '')
    const inWorld = world ?? env.OCS_MOCK_WORLD
    const token = env.OCS_MOCK_ADMIN_TOKEN
    this.#headers = {
      'Content-Type': 'application/json',
      ...(inWorld ? { 'X-OCS-Mock-World': inWorld } : {}),
      ...(token ? { Authorization: `Bearer ${token}` } : {}),
    }
  }

  /** @throws UserError for a command that cannot be run; one that fails has an exit code */
  async occ(command: RemoteCommand): Promise<OccResult> {
    return (await this.ask('POST', '/occ', command)) as unknown as OccResult
  }

  /**
   * A call of the control API.
   * @param path below `/__admin`
   * @throws UserError where no fake listens, or with what it says
   */
  async ask(method: string, path: string, body?: unknown): Promise<JsonObject> {
    const sent = body === undefined ? {} : { body: JSON.stringify(body) }
    const response = await fetch(`${this.url}/__admin${path}`, { method, headers: this.#headers, ...sent }).catch(
      (error: unknown) => {
        throw new UserError(
          `Failed to reach a fake at ${this.url}: start one with "ocs-mock serve", or name another in OCS_MOCK_URL.`,
          { cause: error },
        )
      },
    )
    const answer = parseJson(await response.text())
    if (response.ok) return asObject(answer)
    throw new UserError(
      textOf(asObject(answer).error) ?? `The fake at ${this.url} answers ${path} with ${response.status}.`,
    )
  }
}

const asObject = (value: Json | undefined): JsonObject => (isJsonObject(value) ? value : {})
const textOf = (value: Json | undefined): string | undefined => (typeof value === 'string' ? value : undefined)
