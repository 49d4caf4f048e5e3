import type { Json, JsonObject } from '#lib/json.ts'
import { isPhpArray, toBool, toFloat, toInt } from '#lib/php.ts'

/** The PHP types that a controller's parameter can have. `mixed` is passed on as it came. */
export type ParamType = 'string' | 'int' | 'float' | 'bool' | 'array' | 'mixed'

/** What {@link Param.coerce} answers where PHP would raise a TypeError (HTTP 400, no body). */
export const TYPE_ERROR: unique symbol = Symbol('TypeError')
/** What {@link Param.coerce} answers where a value is outside its range (an internal server error on the real server). */
export const OUT_OF_RANGE: unique symbol = Symbol('ParameterOutOfRange')

interface ParamOptions {
  readonly type: ParamType
  readonly nullable: boolean
  readonly hasDefault: boolean
  readonly fallback: unknown
  readonly min?: number
  readonly max?: number
  /** Says how many to answer at most. */
  readonly limits?: boolean
  readonly values?: readonly string[]
  readonly description?: string
  readonly secret?: boolean
  /** The release that brought it, and what stands for it before. */
  readonly since?: { readonly release: number; readonly value: unknown }
  /** What it was up to a release. */
  readonly before?: { readonly release: number; readonly options: ParamOptions }
}

/**
 * One parameter of an operation, with the rules by which Nextcloud's dispatcher reads it:
 * `int`, `float` and `bool` are cast from anything, `string` and `array` must be what they say.
 *
 * Source: Nextcloud 34.0.1, answers to wrongly typed parameters in the corpus.
 */
export class Param<T> {
  readonly options: ParamOptions
  /** Carries the static type; never set. */
  declare readonly _type: T

  constructor(options: ParamOptions) {
    this.options = options
  }

  /** The parameter may be left out; this value then stands for it. */
  default<D extends T>(fallback: D): Param<T> {
    return new Param<T>({ ...this.options, hasDefault: true, fallback })
  }

  /** The parameter may be left out or `null`, which is also its default (`?type $name = null`). */
  orNull(): Param<T | null> {
    return new Param<T | null>({ ...this.options, nullable: true, hasDefault: true, fallback: null })
  }

  /** Smallest and largest value; outside, the real server answers an internal server error. */
  range(min: number, max: number): Param<T> {
    return new Param<T>({ ...this.options, min, max })
  }

  /** Says how many to answer at most, and so has the range of {@link p.limit} unless it has one of its own. */
  limiting(): Param<T> {
    return new Param<T>({ ...this.options, limits: true })
  }

  /** The values the operation knows; for documentation and probes, the handler still judges. */
  oneOf(...values: string[]): Param<T> {
    return new Param<T>({ ...this.options, values })
  }

  /** What lets somebody in, or is nobody else's business: it stands in no recording. */
  secret(): Param<T> {
    return new Param<T>({ ...this.options, secret: true })
  }

  /** A parameter that there is since a release. Before, whatever was given, the handler is called with this value. */
  since(release: number, value: T): Param<T> {
    return new Param<T>({ ...this.options, since: { release, value } })
  }

  /** What the parameter was before a release, as the handler is to be called then. */
  before<B>(release: number, param: Param<B>): Param<T | B> {
    return new Param<T | B>({ ...this.options, before: { release, options: param.options } })
  }

  /** The parameter as it is in a release. */
  at(release: number): Param<T> {
    const { since, before, limits, min } = this.options
    if (limits && release < LIMITS_HAVE_RANGE_SINCE) return new Param<T>({ ...this.options, limits: false }).at(release)
    if (min !== undefined && release < RANGES_SINCE) return this.#withoutRange().at(release)
    if (before && release < before.release) return new Param<T>(before.options).at(release)
    return since !== undefined && release < since.release ? new Absent<T>(this.options) : this
  }

  #withoutRange(): Param<T> {
    const { min: _, max: __, ...options } = this.options
    return new Param<T>(options)
  }

  /** A sentence for the published OpenAPI document. */
  describe(description: string): Param<T> {
    return new Param<T>({ ...this.options, description })
  }

  /** The value that a controller would be called with, or why it would not be called. */
  coerce(given: unknown): T | typeof TYPE_ERROR | typeof OUT_OF_RANGE {
    const { type, nullable, hasDefault, fallback } = this.options
    const value = given ?? (hasDefault ? fallback : null)
    if (value === null || value === undefined) return nullable || type === 'mixed' ? (null as T) : TYPE_ERROR
    const cast = castTo(type, value)
    return cast !== TYPE_ERROR && this.#isOutOfRange(cast) ? OUT_OF_RANGE : (cast as T | typeof TYPE_ERROR)
  }

  #isOutOfRange(value: unknown): boolean {
    const { type, min, max, limits, fallback } = this.options
    if (type !== 'int' && type !== 'float') return false
    if (min !== undefined && max !== undefined) return (value as number) < min || (value as number) > max
    return limits === true && value !== fallback && ((value as number) < 1 || (value as number) > MOST_ANSWERED)
  }
}

/** A parameter that a release does not have. */
class Absent<T> extends Param<T> {
  override coerce(): T {
    return this.options.since?.value as T
  }
}

const MOST_ANSWERED = 500

/** Nextcloud's dispatcher, as 27.1.10 and 32.0.2 answer. */
const RANGES_SINCE = 32

/** Nextcloud's dispatcher, as 33.0.0 and 34.0.1 answer. */
const LIMITS_HAVE_RANGE_SINCE = 34

function castTo(type: ParamType, value: unknown): unknown {
  switch (type) {
    case 'int':
      return toInt(value)
    case 'float':
      return toFloat(value)
    case 'bool':
      return value === 'false' ? false : toBool(value)
    case 'string':
      return typeof value === 'string' ? value : TYPE_ERROR
    case 'array':
      return isPhpArray(value) ? value : TYPE_ERROR
    case 'mixed':
      return value
  }
}

const make =
  <T>(type: ParamType) =>
  () =>
    new Param<T>({ type, nullable: false, hasDefault: false, fallback: undefined })

/** Parameters of operations: `p.string()`, `p.int().default(0)`, `p.bool().orNull()` … */
export const p = {
  string: make<string>('string'),
  int: make<number>('int'),
  /**
   * How many to answer at most: an `int` of 1 to 500, or its default. Nextcloud's dispatcher has this rule for every
   * number of the name `limit` that has no range of its own.
   */
  limit: () => make<number>('int')().limiting(),
  float: make<number>('float'),
  bool: make<boolean>('bool'),
  /** A PHP array: a JavaScript array or plain object. */
  array: make<readonly Json[] | JsonObject>('array'),
  /** Not cast and not checked; `null` where it is missing. */
  mixed: make<Json>('mixed'),
}

export type ParamShape = { readonly [name: string]: Param<unknown> }
/** The static type of an operation's input. */
export type InferParams<S extends ParamShape> = { [K in keyof S]: S[K] extends Param<infer T> ? T : never }
