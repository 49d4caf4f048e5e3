import type { Json } from '#lib/json.ts'
import { SECRET_KEY } from '#lib/secrets.ts'
import { dependsOnMachine, kindOfMember } from '#verify/stateful/correspondence.ts'
import type { Pairs } from './contract.ts'
import { nameMoment } from './moments.ts'
import { literal, placeholder } from './placeholder.ts'

/** Members of an app's answers whose values its server gives out, by what they name. */
export type IdsOfApp = (app: string) => Readonly<Record<string, string>>

const UUID = /\b[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}\b/gi
/** What a password becomes. */
const HASH = /^\d\|\$/
/** What lets browsers load a picture again after an update. */
const CACHE_BUSTER = /(?<=[?&]v=)[\da-f]{8}\b/g
/** The number of a file, as addresses of pages and pictures have it. */
const FILE_IN_ADDRESS = /(?<=\/f\/|[?&]file[iI]d=)\d+/g
/** A moment inside of a name: `report.txt.d1767225600`. */
const SECOND = /(?<=\.d)\d{10}(?!\d)/g
/** What is shorter stands in texts by chance. */
const LEAST_IN_TEXT = 8

/** Where a value stands. */
export interface Where {
  /** The member, or the parameter. */
  readonly key: string
  readonly app: string
  /** Milliseconds since 1970 by the world's clock. */
  readonly now: number
  /** The address of the server, as the caller wrote it. */
  readonly origin: string
  /** It is a password that the server did not take, and so nobody's. */
  readonly isRefused?: boolean
}

/**
 * Gives names to what a world gave out, by the order in which it came, and to secrets. The same value of the same kind has
 * the same name in all of a sequence.
 */
export class Naming {
  readonly #names = new Map<string, string>()
  readonly #counts = new Map<string, number>()
  /** Long values, which are found inside of other texts. */
  readonly #inTexts = new Map<string, string>()
  readonly #idsOf: IdsOfApp
  readonly #usedLater: ReadonlySet<string>
  #pattern: RegExp | null = null

  /** @param usedLater what requests name: an id of an answer that is among it has to be known by a name */
  constructor(idsOf: IdsOfApp, usedLater: ReadonlySet<string>) {
    this.#idsOf = idsOf
    this.#usedLater = usedLater
  }

  /** The name of a value, new if it had none: `share 1`. */
  know(kind: string, value: string): string {
    const known = this.#names.get(`${kind} ${value}`)
    if (known !== undefined) return known
    const count = (this.#counts.get(kind) ?? 0) + 1
    const name = `${kind} ${count}`
    this.#counts.set(kind, count)
    this.#names.set(`${kind} ${value}`, name)
    if (value.length >= LEAST_IN_TEXT && !/^\d+$/.test(value) && !this.#inTexts.has(value)) {
      this.#inTexts.set(value, name)
      this.#pattern = null
    }
    return name
  }

  /** What a value is called that a request names in a place of that kind; `undefined`: nobody gave it. */
  called(kind: string, value: string): string | undefined {
    return this.#names.get(`${kind} ${value}`)
  }

  /** What a value is called, whatever it names. */
  calledAnything(value: string): string | undefined {
    for (const [key, name] of this.#names)
      if (key.slice(key.lastIndexOf(' ') + 1) === value && !isSecretName(name)) return name
    return undefined
  }

  /** The kind of what a member names, if a server gives it out. */
  kindOf(key: string, app: string): string | undefined {
    return this.#idsOf(app)[key] ?? kindOfMember(key, app)
  }

  /** A value of an answer or a seed. */
  leaf(value: Json, where: Where): Json {
    const { key, app, now } = where
    if (value === null || value === '') return value
    const chained = typeof value === 'boolean' ? undefined : this.#chainedKind(key, app, String(value))
    if (chained !== undefined)
      return placeholder(this.know(chained, String(value)), typeof value === 'number' ? 'number' : '')
    if (dependsOnMachine(key)) return placeholder(typeof value === 'string' ? 'text' : typeof value)
    if (typeof value === 'boolean') return value
    const kind = this.kindOf(key, app)
    if (kind !== undefined)
      return placeholder(this.know(kind, String(value)), typeof value === 'number' ? 'number' : '')
    const moment = nameMoment(value, now)
    if (moment !== null) return moment
    if (typeof value === 'number') return value
    if (HASH.test(value as string)) return placeholder('hash')
    if (SECRET_KEY.test(key)) return this.secret(key, value as string)
    return this.text(value as string, where)
  }

  /** What an id or an etag names that a request uses; `undefined`: it is none, or is known by another kind. */
  #chainedKind(key: string, app: string, value: string): string | undefined {
    const isTag = /etag$/i.test(key)
    const wanted = isTag ? value.replace(/^"|"$|^&quot;|&quot;$/g, '') : value
    if (!this.#usedLater.has(wanted) || this.kindOf(key, app) !== undefined) return undefined
    if (isTag) return 'etag'
    return /(?:^|[_a-z:])id$/i.test(key) && isLikeId(value)
      ? (key === 'id' ? app : key.replace(/[_:]?id$/i, '')) || app
      : undefined
  }

  /** A number that may be a reading of a clock. */
  moment(value: number, { now }: Pick<Where, 'now'>): Json {
    return nameMoment(value, now) ?? value
  }

  /** What stands instead of a secret. */
  secret(key: string, value: string): string {
    if (value === '') return value
    const inText = this.#inTexts.get(value)
    if (inText !== undefined) return placeholder(inText)
    return placeholder(this.know(/pass/i.test(key) ? 'password' : /token/i.test(key) ? 'token' : 'secret', value))
  }

  /** A text in which names stand for what was given out. */
  text(value: string, { origin, now }: Pick<Where, 'origin' | 'now'>): string {
    let text = literal(value)
    text = text.replaceAll(origin, placeholder('server'))
    this.#pattern ??= patternOf([...this.#inTexts.keys()])
    text = text.replace(this.#pattern, (found) => placeholder(this.#inTexts.get(found)!))
    text = text.replace(SECOND, (digits) =>
      nameMoment(Number(digits), now) === null ? digits : placeholder(this.know('second', digits)),
    )
    text = text.replace(CACHE_BUSTER, placeholder('text'))
    text = text.replace(FILE_IN_ADDRESS, (id) => placeholder(this.know('file', id)))
    return text.replace(UUID, (uuid) => placeholder(this.know('uuid', uuid.toLowerCase())))
  }

  /** A value and all that is in it. */
  tree(value: Json, where: Where): Json {
    if (Array.isArray(value)) {
      const key = where.key === 'data' ? '' : where.key
      return value.map((item: Json) => this.tree(item, { ...where, key }))
    }
    if (typeof value !== 'object' || value === null) return this.leaf(value, where)
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [this.text(key, where), this.tree(item, { ...where, key })]),
    )
  }

  /** The value of a parameter, which names what was given out before, or is a secret. */
  parameter(value: string, where: Where): string {
    const { key, app, now, isRefused } = where
    if (value === '') return value
    const name = key.replace(/^.*\[(\w+)\]$/, '$1').replace(/\[\]$/, '')
    if (SECRET_KEY.test(name) && !isRefused) return this.secret(name, value)
    const kind = this.kindOf(name, app)
    const called = (kind && this.called(kind, value)) || (/id$/i.test(name) ? this.calledAnything(value) : undefined)
    if (called) return placeholder(called)
    return nameMoment(value, now) ?? this.text(value, where)
  }

  /** Names and values. */
  pairs(pairs: Pairs, where: Where): Pairs {
    return Object.fromEntries(
      Object.entries(pairs).map(([key, value]) => [
        key,
        typeof value === 'string'
          ? this.parameter(value, { ...where, key })
          : value.map((one) => this.parameter(one, { ...where, key })),
      ]),
    )
  }

  /** A path, whose segments name what was given out before. */
  path(path: string, where: Where): string {
    const segments = path.split('/')
    return segments
      .map((segment, i) => {
        const before = segments[i - 1] ?? ''
        const kind = KINDS_BY_FOLDER[before] ?? this.kindOf('id', where.app) ?? this.kindOf('', where.app)
        const called =
          (kind && this.called(kind, segment)) ?? (isLikeId(segment) ? this.calledAnything(segment) : undefined)
        return called === undefined ? this.text(segment, where) : placeholder(called)
      })
      .join('/')
  }
}

const isSecretName = (name: string) => name.startsWith('password ') || name.startsWith('secret ')

/** Numbers, and what is too long for a word. */
const isLikeId = (segment: string) => /^\d+$/.test(segment) || segment.length >= LEAST_IN_TEXT

/** What a segment names that stands below one of these. */
const KINDS_BY_FOLDER: Readonly<Record<string, string>> = {
  shares: 'share',
  systemtags: 'tag',
  notifications: 'notification',
  files: 'file',
  comments: 'file',
}

function patternOf(texts: readonly string[]): RegExp {
  if (texts.length === 0) return /(?!)/g
  const escaped = [...texts]
    .sort((a, b) => b.length - a.length)
    .map((one) => one.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(escaped.join('|'), 'g')
}
