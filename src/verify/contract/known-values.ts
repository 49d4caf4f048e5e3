import { isMoment, isMomentName, writeMoment } from '#contract/moments.ts'
import { type Placeholder, partsOf, placeholderOf } from '#contract/placeholder.ts'
import { escapeRegExp } from '#lib/escape-reg-exp.ts'
import { isJsonObject, type Json } from '#lib/json.ts'

/** Stands for whatever is there. */
const ANYTHING: ReadonlySet<string> = new Set(['text', 'number', 'boolean', 'hash', 'object'])

/** What the names of a contract stand for on one server. */
export class KnownValues {
  readonly #values = new Map<string, string>()
  readonly #now: () => number
  readonly #password: (name: string) => string

  /**
   * @param now milliseconds since 1970 by the server's clock
   * @param password makes one
   */
  constructor(now: () => number, password: (name: string) => string) {
    this.#now = now
    this.#password = password
  }

  /** The same values, to learn others besides. */
  fork(): KnownValues {
    const fork = new KnownValues(this.#now, this.#password)
    for (const [name, value] of this.#values) fork.set(name, value)
    return fork
  }

  set(name: string, value: string): void {
    this.#values.set(name, value)
  }

  /** The value of a name; `undefined`: nobody has said it yet. */
  get({ name, form }: Placeholder): string | number | undefined {
    if (isMomentName(name)) return writeMoment(name, form, this.#now())
    const known = this.#values.get(name)
    if (known !== undefined) return form === 'number' ? Number(known) : known
    if (/^(password|secret|uuid) /.test(name)) {
      const made = this.#password(name)
      this.#values.set(name, made)
      return made
    }
    return undefined
  }

  /** A text as this server is sent it. @throws UnknownValueError */
  fill(text: string): string {
    return partsOf(text)
      .map((part) => (typeof part === 'string' ? part : String(this.#need(part))))
      .join('')
  }

  /** A document as this server is sent it. @throws UnknownValueError */
  fillTree(value: Json): Json {
    if (typeof value === 'string') {
      const whole = placeholderOf(value)
      return whole ? this.#need(whole) : this.fill(value)
    }
    if (Array.isArray(value)) return value.map((item: Json) => this.fillTree(item))
    if (!isJsonObject(value)) return value
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [this.fill(key), this.fillTree(item)]))
  }

  #need(part: Placeholder): string | number {
    const value = this.get(part)
    if (value === undefined) throw new UnknownValueError(part.name)
    return value
  }

  /**
   * What a document of a contract is here: names stand for what the answer has in their places, if it can be that.
   * @param learn whether a name that nobody has said yet is bound to what stands in its place
   */
  expect(pattern: Json, got: unknown): Json {
    if (typeof pattern === 'string') return this.#expectText(pattern, got)
    if (Array.isArray(pattern))
      return pattern.map((item: Json, i) => this.expect(item, Array.isArray(got) ? got[i] : undefined))
    if (!isJsonObject(pattern)) return pattern
    return Object.fromEntries(
      Object.entries(pattern).map(([key, item]) => {
        const known = this.#expectText(key, undefined) as string
        const member =
          typeof got === 'object' && got !== null && Object.hasOwn(got, known)
            ? (got as Record<string, unknown>)[known]
            : undefined
        return [known, this.expect(item, member)]
      }),
    )
  }

  #expectText(pattern: string, got: unknown): Json {
    const parts = partsOf(pattern)
    const [only] = parts
    if (parts.length === 0) return ''
    if (parts.length === 1 && typeof only === 'string') return only
    if (parts.length === 1 && typeof only === 'object') return this.#expectPlaceholder(only, got, pattern)
    if (typeof got !== 'string') return this.#filledIn(parts)
    return this.#expectParts(parts, got) ? got : this.#filledIn(parts)
  }

  #expectPlaceholder(part: Placeholder, got: unknown, pattern: string): Json {
    if (ANYTHING.has(part.name)) return matchesKind(part.name, got) ? (got as Json) : pattern
    if (isMomentName(part.name))
      return isMoment(got, part.name, part.form, this.#now())
        ? (got as Json)
        : `${pattern}, such as ${writeMoment(part.name, part.form, this.#now())}`
    const known = this.#values.get(part.name)
    const isRightType = typeof got === (part.form === 'number' ? 'number' : 'string') && got !== ''
    if (known !== undefined) return part.form === 'number' ? Number(known) : known
    if (!isRightType) return pattern
    this.#values.set(part.name, String(got))
    return got as Json
  }

  /** Whether a text is made of those parts; names that are new are bound. */
  #expectParts(parts: readonly (string | Placeholder)[], got: string): boolean {
    const unknown: string[] = []
    const source = parts.map((part) => {
      if (typeof part === 'string') return escapeRegExp(part)
      const value = this.#values.get(part.name)
      if (value !== undefined) return escapeRegExp(value)
      if (ANYTHING.has(part.name) || isMomentName(part.name)) return '.*?'
      unknown.push(part.name)
      return '(.+?)'
    })
    const found = new RegExp(`^${source.join('')}$`, 's').exec(got)
    if (!found) return false
    for (const [i, name] of unknown.entries()) this.#values.set(name, found[i + 1]!)
    return true
  }

  #filledIn(parts: readonly (string | Placeholder)[]): string {
    return parts
      .map((part) => (typeof part === 'string' ? part : String(this.get(part) ?? `\${${part.name}}`)))
      .join('')
  }
}

const matchesKind = (kind: string, got: unknown) =>
  kind === 'hash' || kind === 'text' ? typeof got === 'string' : typeof got === kind

/** Something that an earlier answer should have given. */
export class UnknownValueError extends Error {
  override readonly name = 'UnknownValueError'
  constructor(value: string) {
    super(`nobody gave "${value}"`)
  }
}
