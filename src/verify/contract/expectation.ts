import { mediaTypeOf, readAnswer } from '#contract/content.ts'
import type { Content, InteractionResponse } from '#contract/contract.ts'
import { type IdsOfApp, Naming } from '#contract/naming.ts'
import { partsOf, placeholder } from '#contract/placeholder.ts'
import { isJsonObject, type Json } from '#lib/json.ts'
import type { Answer } from '#line/call.ts'
import { headerOf } from '../decode-answer.ts'
import type { Renaming } from './renaming.ts'

/** An answer as contracts look at it, with nothing named. */
export interface SeenAnswer {
  readonly status: number
  readonly type: string
  readonly location: string
  readonly body: Content | undefined
}

export function seenAnswer(answer: Answer): SeenAnswer {
  const type = headerOf(answer, 'content-type')
  const body = readAnswer(answer.body, type)
  return {
    status: answer.status,
    type: body === undefined ? '' : mediaTypeOf(type),
    location: headerOf(answer, 'location'),
    body,
  }
}

/** What of a body can be compared member by member. */
export function documentOf(body: Content | undefined): Json | undefined {
  if (body === undefined) return undefined
  if ('json' in body) return body.json
  if ('xml' in body) return body.xml
  return 'text' in body ? body.text : undefined
}

export interface Translation {
  readonly renaming: Renaming | null
  readonly idsOf: IdsOfApp
  readonly app: string
}

/**
 * What a contract says of an answer, in the words of a run. Where ocs-mock still answers what the contract says, what it
 * answers under the other names is what must come; elsewhere the contract's own words count, with the names exchanged.
 * @param own ocs-mock's answer to the contract's request
 * @param renamed ocs-mock's answer to the same under the names of the run
 */
export function translate(
  response: InteractionResponse,
  own: SeenAnswer,
  renamed: SeenAnswer,
  how: Translation,
): Json | undefined {
  const pattern = documentOf(response.body)
  if (pattern === undefined) return undefined
  return new Translator(how).walk(pattern, documentOf(own.body), documentOf(renamed.body), '')
}

class Translator {
  readonly #how: Translation

  constructor(how: Translation) {
    this.#how = how
  }

  walk(pattern: Json, own: Json | undefined, renamed: Json | undefined, key: string): Json {
    if (Array.isArray(pattern)) return this.#list(pattern, own, renamed, key)
    if (isJsonObject(pattern)) return this.#members(pattern, own, renamed)
    if (typeof pattern !== 'string')
      return Object.is(pattern, own) && renamed !== undefined ? this.#instead(own, renamed, key) : pattern
    const parts = partsOf(pattern)
    const isLiteral = parts.every((part) => typeof part === 'string')
    if (isLiteral && parts.join('') === own && renamed !== undefined) return this.#instead(own, renamed, key)
    return this.#how.renaming?.text(pattern, key) ?? pattern
  }

  /** What comes instead of what came: the same, or what the state gives under other names and made in another way. */
  #instead(own: Json | undefined, renamed: Json, key: string): Json {
    if (own !== renamed) return this.#anonymous(renamed, key)
    return typeof renamed === 'string' ? asLiteral(renamed) : renamed
  }

  #list(pattern: readonly Json[], own: Json | undefined, renamed: Json | undefined, key: string): Json {
    const [a, b] = [asList(own), asList(renamed)]
    if (b === undefined || a === undefined || a.length !== pattern.length)
      return this.#how.renaming?.tree(pattern) ?? pattern
    if (b.length !== pattern.length) return this.#anonymous(b, key)
    return pattern.map((item, i) => this.walk(item, a[i], b[i], key))
  }

  #members(pattern: { readonly [key: string]: Json }, own: Json | undefined, renamed: Json | undefined): Json {
    const [a, b] = [isJsonObject(own) ? own : {}, isJsonObject(renamed) ? renamed : {}]
    const out: Record<string, Json> = {}
    for (const [key, item] of Object.entries(pattern)) {
      const other = Object.hasOwn(b, key) ? key : (this.#how.renaming?.text(key, '') ?? key)
      out[other] = this.walk(item, a[key], b[other], key)
    }
    for (const [key, item] of Object.entries(b)) {
      const isNew = !Object.hasOwn(out, key) && !Object.hasOwn(pattern, key)
      if (isNew && isJsonObject(own) && Object.keys(a).length === Object.keys(pattern).length)
        out[key] = this.#anonymous(item, key)
    }
    return out
  }

  /** What is there besides, with kinds in place of what only a server knows. */
  #anonymous(value: Json, key: string): Json {
    const { idsOf, app } = this.#how
    const named = new Naming(idsOf, new Set()).tree(value, { key, app, now: Date.now(), origin: '\u0000' })
    return anonymous(named)
  }
}

const asList = (value: Json | undefined) => (Array.isArray(value) ? (value as readonly Json[]) : undefined)

const asLiteral = (text: string) => text.replaceAll('${', '$${')

function anonymous(value: Json): Json {
  if (Array.isArray(value)) return value.map(anonymous)
  if (isJsonObject(value)) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, anonymous(item)]))
  if (typeof value !== 'string') return value
  return /^\$\{[\w ]+ \d+: number\}$/.test(value)
    ? placeholder('number')
    : value.replace(/^\$\{(?!now)[\w ]+ \d+\}$/, placeholder('text'))
}
