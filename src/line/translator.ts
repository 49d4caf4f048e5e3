import { escapeRegExp } from '#lib/escape-reg-exp.ts'
import { TRANSLATED } from '#lib/schema.ts'
import type { Endpoint, Result } from './endpoint.ts'
import { spokenLanguage } from './language.ts'
import type { Asking, Messages, Texts } from './texts.ts'

/** Where the texts of the server itself stand, in the order in which they are looked for. */
const SERVER_APPS = ['lib', 'core']

/** Members of an answer that say which app's words the others are. */
const APP_MEMBERS = ['app', 'appId', 'app_id']

/** Puts what the product says into the language of a request. What no text is known for stays English. */
export class Translator {
  /** All that have texts in any language. */
  readonly apps: readonly string[]
  readonly #texts: Texts
  readonly #catalogues = new Map<string, Catalogue | null>()
  readonly #languages = new Map<string, readonly string[]>()
  readonly #plans = new WeakMap<Endpoint, Map<number, Plan | null>>()

  constructor(texts: Texts) {
    this.#texts = texts
    this.apps = [...new Set(Object.values(texts).flatMap((apps) => Object.keys(apps)))]
  }

  result(result: Result, asking: Asking): Result {
    const { message, data, status } = result
    const plan = this.#planOf(asking.endpoint, status)
    const said = message === undefined ? undefined : this.message(message, asking)
    if (!plan) return said === message ? result : { ...result, message: said }
    const words = new Words(this, asking, [asking.endpoint.app])
    return { ...result, message: said, data: apply(plan, data, words) as Result['data'], encoded: undefined }
  }

  message(message: string, asking: Asking): string {
    return new Words(this, asking, [asking.endpoint.app]).of(message)
  }

  /** Languages that an app has texts in. English is always there. */
  languages(app: string): readonly string[] {
    const known = this.#languages.get(app)
    if (known) return known
    const languages = ['en', ...Object.keys(this.#texts).filter((one) => Object.hasOwn(this.#texts[one]!, app))]
    this.#languages.set(app, languages)
    return languages
  }

  catalogue(app: string, language: string): Catalogue | null {
    const key = `${language}/${app}`
    let known = this.#catalogues.get(key)
    if (known === undefined) {
      const messages = this.#texts[language]?.[app]
      known = messages ? new Catalogue(messages, language) : null
      this.#catalogues.set(key, known)
    }
    return known
  }

  #planOf(endpoint: Endpoint, status: number): Plan | null {
    const plans = this.#plans.get(endpoint) ?? new Map<number, Plan | null>()
    this.#plans.set(endpoint, plans)
    let plan = plans.get(status)
    if (plan === undefined) {
      plan = planOf((endpoint.responses?.[status] ?? endpoint.output).toJsonSchema())
      plans.set(status, plan)
    }
    return plan
  }
}

/** Translates for one request; the apps' texts are looked through in order, and each app has its own languages. */
class Words {
  readonly #translator: Translator
  readonly #asking: Asking
  readonly #apps: readonly string[]

  constructor(translator: Translator, asking: Asking, apps: readonly string[]) {
    this.#translator = translator
    this.#asking = asking
    this.#apps = apps
  }

  /** With an app of whose words one knows that they are. */
  sayingOf(app: unknown): Words {
    if (typeof app !== 'string' || this.#apps[0] === app) return this
    return new Words(this.#translator, this.#asking, [app, ...this.#apps])
  }

  /** Texts of the apps at hand may have values in them; those of all others are only compared as a whole. */
  of(text: string): string {
    if (text === '') return text
    const near = [...this.#apps, ...SERVER_APPS].flatMap((app) => this.#catalogue(app) ?? [])
    for (const catalogue of near) {
      const found = catalogue.exact(text) ?? catalogue.filled(text)
      if (found !== null) return found
    }
    for (const app of this.#translator.apps) {
      const found = this.#catalogue(app)?.exact(text) ?? null
      if (found !== null) return found
    }
    return text
  }

  #catalogue(app: string): Catalogue | null {
    const language = spokenLanguage(this.#asking, this.#translator.languages(app))
    return language === 'en' ? null : this.#translator.catalogue(app, language)
  }
}

/** A place where something is inserted: `%s`, `%1$s`, `%n`, `{file}`. */
const PLACE = /%(?:(\d+)\$)?[sd]|%n|\{\w+\}/g
const PLURAL = /^_(.*)_::_(.*)_$/s
/** With fewer letters than these, a text says too little to be known by them. */
const LEAST_LETTERS = 4
/** No message of a product is longer than so many characters; texts of users may be. */
const LONGEST = 1000

/** An English text with values in it. */
interface Pattern {
  readonly reads: RegExp
  readonly places: readonly string[]
  readonly letters: number
  readonly to: string | readonly string[]
}

/** The texts of one app in one language. */
class Catalogue {
  readonly #messages: ReadonlyMap<string, string | readonly string[]>
  readonly #language: string
  #patterns: readonly Pattern[] | undefined

  constructor(messages: Messages, language: string) {
    this.#messages = new Map(Object.entries(messages))
    this.#language = language
  }

  exact(text: string): string | null {
    const found = this.#messages.get(text)
    return typeof found === 'string' && found !== '' ? found : null
  }

  /** A text whose values are filled in. Of several that fit, that with the most letters of its own. */
  filled(text: string): string | null {
    if (text.length > LONGEST) return null
    this.#patterns ??= [...this.#messages].flatMap(([english, to]) => patternsOf(english, to))
    let best: { readonly pattern: Pattern; readonly values: readonly string[] } | null = null
    for (const pattern of this.#patterns) {
      if (best && pattern.letters <= best.pattern.letters) continue
      const match = pattern.reads.exec(text)
      if (match) best = { pattern, values: match.slice(1) }
    }
    return best && this.#fill(best.pattern, best.values)
  }

  #fill({ to, places }: Pattern, values: readonly string[]): string {
    const count = Number(values[places.indexOf('%n')] ?? Number.NaN)
    const form = typeof to === 'string' ? to : (to[this.#pluralForm(count, to.length)] ?? '')
    let next = 0
    return form.replace(PLACE, (place, position?: string) => {
      if (position !== undefined) return values[Number(position) - 1] ?? place
      if (place === '%s' || place === '%d') return values[next++] ?? place
      return values[places.indexOf(place)] ?? place
    })
  }

  /** Which of so many forms a number takes; the forms stand in the order of Unicode's categories. */
  #pluralForm(count: number, forms: number): number {
    const rules = new Intl.PluralRules(this.#language.replaceAll('_', '-').replace(/@.*/, ''))
    const ORDER: Intl.LDMLPluralRule[] = ['zero', 'one', 'two', 'few', 'many', 'other']
    const there = ORDER.filter((category) => rules.resolvedOptions().pluralCategories.includes(category))
    return Math.min(there.indexOf(rules.select(count)), forms - 1)
  }
}

function patternsOf(english: string, to: string | readonly string[]): Pattern[] {
  const forms = typeof to === 'string' ? [english] : (PLURAL.exec(english)?.slice(1) ?? [])
  return forms.flatMap((form) => {
    const places = [...form.matchAll(PLACE)].map(([place]) => place)
    const literals = form.split(/%(?:\d+\$)?[sdn]|\{\w+\}/)
    const letters = literals.join('').replace(/[^\p{L}]/gu, '').length
    if ((places.length === 0 && typeof to === 'string') || letters < LEAST_LETTERS || to.length === 0) return []
    return [{ reads: new RegExp(`^${literals.map(escapeRegExp).join('(.*)')}$`, 's'), places, letters, to }]
  })
}

/** Where in a value the product's own words stand. */
interface Plan {
  readonly isWords: boolean
  readonly members: ReadonlyMap<string, Plan>
  /** Of each item of a list. */
  readonly items: Plan | null
  /** Of each member whose name is not known. */
  readonly others: Plan | null
}

type JsonSchema = Readonly<Record<string, unknown>>

function planOf(schema: unknown): Plan | null {
  if (typeof schema !== 'object' || schema === null) return null
  const { properties, items, additionalProperties, anyOf, [TRANSLATED]: isWords } = schema as JsonSchema
  const plan: Plan = {
    isWords: isWords === true,
    members: new Map(Object.entries(properties ?? {}).flatMap(([name, member]) => entry(name, planOf(member)))),
    items: planOf(items),
    others: planOf(additionalProperties),
  }
  const all = [plan, ...(Array.isArray(anyOf) ? anyOf.flatMap((one) => planOf(one) ?? []) : [])]
  return all
    .filter(({ isWords, members, items, others }) => isWords || members.size > 0 || items || others)
    .reduce(join, null)
}

const entry = (name: string, plan: Plan | null): [string, Plan][] => (plan ? [[name, plan]] : [])

function join(one: Plan | null, other: Plan | null): Plan | null {
  if (!one || !other) return one ?? other
  const names = new Set([...one.members.keys(), ...other.members.keys()])
  return {
    isWords: one.isWords || other.isWords,
    members: new Map(
      [...names].flatMap((name) => entry(name, join(one.members.get(name) ?? null, other.members.get(name) ?? null))),
    ),
    items: join(one.items, other.items),
    others: join(one.others, other.others),
  }
}

function apply(plan: Plan, value: unknown, words: Words): unknown {
  if (typeof value === 'string') return plan.isWords ? words.of(value) : value
  if (Array.isArray(value)) return plan.items ? value.map((item) => apply(plan.items!, item, words)) : value
  if (typeof value !== 'object' || value === null) return value
  const entries: [unknown, unknown][] = value instanceof Map ? [...value] : Object.entries(value)
  const app = APP_MEMBERS.map((name) => entries.find(([key]) => key === name)?.[1]).find((one) => one !== undefined)
  const saying = words.sayingOf(app)
  const translated = entries.map(([key, member]): [unknown, unknown] => {
    const below = plan.members.get(String(key)) ?? plan.others
    return [key, below ? apply(below, member, saying) : member]
  })
  return value instanceof Map ? new Map(translated) : Object.fromEntries(translated as [string, unknown][])
}
