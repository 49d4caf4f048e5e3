import { writeContent, writePairs } from '#contract/content.ts'
import type { Content, Interaction, Pairs } from '#contract/contract.ts'
import { base64 } from '#lib/base64.ts'
import type { Json } from '#lib/json.ts'
import type { Answer } from '#line/call.ts'
import { KnownValues, UnknownValueError } from './known-values.ts'
import type { Renaming } from './renaming.ts'

/** A request as it goes to one server. */
export interface ConcreteRequest {
  readonly method: string
  /** Below the base, with its query. */
  readonly target: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
}

export interface PartyOptions {
  /** Sends a request and answers what came. */
  readonly send: (request: ConcreteRequest) => Promise<Answer>
  /** The address, without a slash at its end. */
  readonly base: string
  /** Milliseconds since 1970 by its clock. */
  readonly now: () => number
  /** What the consumer's accounts and groups are called there. */
  readonly renaming: Renaming | null
  /** Passwords of placeholders, the same at all servers. */
  readonly password: (name: string) => string
  /** Accounts that are there before, by their names in contracts. */
  readonly logins: ReadonlyMap<string, Login>
}

export interface Login {
  readonly user: string
  readonly password: string
}

/** One server that a contract is played on: the consumer's, the same under other names, or a real one. */
export class Party {
  readonly values: KnownValues
  readonly #options: PartyOptions
  readonly #logins: Map<string, Login>
  readonly #appPasswords = new Map<string, string>()

  constructor(options: PartyOptions, values?: KnownValues) {
    this.#options = options
    this.#logins = new Map(options.logins)
    this.values = values ?? new KnownValues(options.now, options.password)
    this.values.set('server', options.base)
  }

  /** The same server with what is known of it, for another sequence. */
  fork(renaming: Renaming | null): Party {
    const logins = new Map([...this.#logins].map(([name, login]) => [name, login] as const))
    return new Party({ ...this.#options, renaming, logins }, this.values.fork())
  }

  /** The password of an account, by its name in the contract, is another one from now on. */
  use(account: string, password: string): void {
    const renamed = this.#options.renaming?.user(account) ?? account
    this.#logins.set(account, { user: renamed, password })
  }

  /** Send a request of a contract. @throws UnknownValueError, NoAnswerError, InterruptedError */
  async send(interaction: Pick<Interaction, 'as' | 'with' | 'request'>): Promise<Answer> {
    const request = this.requestOf(interaction)
    const authorization = await this.#authorizationOf(interaction)
    const headers = authorization === null ? request.headers : { ...request.headers, authorization }
    return this.#options.send({ ...request, headers })
  }

  /** A request without its credentials. @throws UnknownValueError */
  requestOf({ request }: Pick<Interaction, 'request'>): ConcreteRequest {
    const { method, path, query, headers = {}, body } = request
    const target = this.#textOf(path, '')
    const pairs = query && this.#pairsOf(query)
    const written = writeContent(body && this.#contentOf(body))
    const sent: Record<string, string> = { accept: '*/*' }
    for (const [name, value] of Object.entries(headers)) sent[name] = this.#textOf(value, name)
    if (written.type !== undefined) sent['content-type'] = written.type
    return {
      method,
      target: target + (pairs === undefined ? '' : `?${writePairs(pairs)}`),
      headers: sent,
      ...(written.body === undefined ? {} : { body: written.body }),
    }
  }

  #textOf(text: string, key: string): string {
    return this.values.fill(this.#options.renaming?.text(text, key) ?? text)
  }

  #treeOf(value: Json): Json {
    return this.values.fillTree(this.#options.renaming?.tree(value) ?? value)
  }

  #pairsOf(pairs: Pairs): Pairs {
    return Object.fromEntries(
      Object.entries(pairs).map(([key, value]) => [
        key,
        typeof value === 'string' ? this.#textOf(value, key) : value.map((one) => this.#textOf(one, key)),
      ]),
    )
  }

  #contentOf(content: Content): Content {
    if ('json' in content) return { json: this.#treeOf(content.json) }
    if ('form' in content) return { form: this.#pairsOf(content.form) }
    if ('text' in content) return { text: this.#textOf(content.text, '') }
    if ('parts' in content)
      return {
        parts: content.parts.map((part) =>
          part.text === undefined ? part : { ...part, text: this.#textOf(part.text, part.name) },
        ),
      }
    return content
  }

  async #authorizationOf({ as, with: by }: Pick<Interaction, 'as' | 'with'>): Promise<string | null> {
    if (as === 'anonymous') return null
    if (as.startsWith('${')) return basic(this.values.fill(as), '')
    const [, wrong] = /^wrong password of (.+)$/.exec(as) ?? []
    if (wrong !== undefined) return basic(this.#options.renaming?.user(wrong) ?? wrong, 'not the password')
    const login = this.#logins.get(as)
    if (!login) throw new UnknownValueError(`the password of ${as}`)
    return basic(login.user, by === 'app password' ? await this.#appPassword(as, login) : login.password)
  }

  /** An app password of an account, which it asks for itself. */
  async #appPassword(as: string, { user, password }: Login): Promise<string> {
    const known = this.#appPasswords.get(as)
    if (known !== undefined) return known
    const headers = { authorization: basic(user, password), 'ocs-apirequest': 'true', accept: 'application/json' }
    const answer = await this.#options.send({ method: 'GET', target: '/ocs/v2.php/core/getapppassword', headers })
    const made = /"apppassword":"([^"]+)"/.exec(String(answer.body))?.[1] ?? password
    this.#appPasswords.set(as, made)
    return made
  }
}

const basic = (user: string, password: string) => `Basic ${base64(`${user}:${password}`)}`
