import { VOLATILE } from '../compare-values.ts'
import type { XmlElement } from '../decode-answer.ts'

/** Members that depend on the machine below a server, and say nothing about what it did. */
const DEPENDS_ON_MACHINE: ReadonlySet<string> = new Set([
  'etag',
  'd:getetag',
  // Servers with a memory cache say for minutes what it was (Nextcloud 27.1.10, 32.0.2 and 33.0.0 with APCu, asked).
  'd:quota-available-bytes',
  'd:quota-used-bytes',
  'free',
  'has_preview',
  'mail_send',
  'nc:has-preview',
  'relative',
  'storage',
  'storage_id',
  'storageLocation',
  'total',
  // What a home begins with is the administrator's choice, and is not there before somebody comes.
  'used',
])

/** Members whose values a server gives out, by what they name. Members of other names are compared as they are. */
const NAMES: Readonly<Record<string, string>> = {
  file_parent: 'file',
  file_source: 'file',
  fileId: 'file',
  fileid: 'file',
  item_source: 'file',
  notification_id: 'notification',
  'oc:fileid': 'file',
  'oc:id': 'long file',
  share: 'share',
  tag: 'tag',
  token: 'token',
}
/** `id` names something else in every app, and nothing that a server gives out in the others. */
const IDS: Readonly<Record<string, string>> = { files_sharing: 'share', systemtags: 'tag' }
/** Bare lists of ids. */
const LISTS: Readonly<Record<string, string>> = { notifications: 'notification' }

/** The kind of what a member of an app's answers names, if a server gives its value out. */
export function kindOfMember(key: string, app: string): string | undefined {
  return key === 'id' ? IDS[app] : key === '' ? LISTS[app] : NAMES[key]
}

/** Whether the value of a member says something about the machine, and nothing about what the server did. */
export const dependsOnMachine = (key: string): boolean => DEPENDS_ON_MACHINE.has(key)

/** What a password becomes on a server says nothing but that there is one. */
const isHash = (value: unknown) => typeof value === 'string' && /^\d\|\$/.test(value)

/** Two clocks may differ by this much, in milliseconds. */
const TOLERANCE = 300_000
/** What a server lets end soon, it lets end so long after now. */
const SOON = 900_000
/** A token is worth looking for inside of other texts. */
const LEAST_TOKEN = 6

/**
 * What in the model corresponds to what on the server: ids and tokens that each of them gave. The first time that
 * two values meet in the same place they are bound; from then on one must always come where the other does.
 */
export class Correspondence {
  readonly #bound = new Map<string, string>()
  readonly #taken = new Map<string, string>()
  /** What was given that is no number, whatever it names. */
  readonly #words = new Map<string, string>()
  /** What stories say of the ids of an app. */
  readonly #ids = new Map<string, Readonly<Record<string, string>>>()
  readonly #now: () => number

  /** @param now the model's clock */
  constructor(now: () => number) {
    this.#now = now
  }

  /** Two values name the same thing. `false`: one of them is known to name another. */
  bind(kind: string, model: string, server: string): boolean {
    const known = this.#bound.get(`${kind} ${model}`)
    if (known !== undefined) return known === server
    const owner = this.#taken.get(`${kind} ${server}`)
    if (owner !== undefined && server !== REDACTED) return owner === model
    this.#bound.set(`${kind} ${model}`, server)
    if (model.length >= LEAST_TOKEN && !/^\d+$/.test(model)) this.#words.set(model, server)
    this.#taken.set(`${kind} ${server}`, model)
    return true
  }

  /** Members of an app's answers whose values a server gives out, by what they name. */
  learnIds(app: string, ids: Readonly<Record<string, string>>): void {
    this.#ids.set(app, ids)
  }

  /** The kind of what a member names, if a server gives it out. */
  static readonly kindOf = kindOfMember

  /**
   * The model's data in the words of the server.
   * @param got what the server said in the same place; `undefined` where it is not known: XML
   */
  translate(model: unknown, got: unknown, app: string): unknown {
    this.#walk(model, got, '', app)
    return this.#walk(model, got, '', app)
  }

  #walk(model: unknown, got: unknown, key: string, app: string): unknown {
    if (Array.isArray(model)) {
      return model.map((item, i) => this.#walk(item, Array.isArray(got) ? got[i] : undefined, key, app))
    }
    if (model instanceof Map) {
      return new Map([...model].map(([name, item]) => [name, this.#walk(item, memberOf(got, name), String(name), app)]))
    }
    if (typeof model === 'object' && model !== null) {
      return Object.fromEntries(
        Object.entries(model).map(([name, item]) => [name, this.#walk(item, memberOf(got, name), name, app)]),
      )
    }
    return this.#leaf(model, got, key, app)
  }

  #leaf(model: unknown, got: unknown, key: string, app: string): unknown {
    if (DEPENDS_ON_MACHINE.has(key)) return got === undefined || typeof got === typeof model ? VOLATILE : model
    if (isHash(model) && (got === undefined || isHash(got))) return VOLATILE
    const kind = this.#ids.get(app)?.[key] ?? Correspondence.kindOf(key, app)
    if (kind !== undefined && model !== null && model !== '') return this.#name(kind, model, got)
    if (got === undefined ? isMoment(model, this.#now()) : isSameMoment(model, got)) return VOLATILE
    return typeof model === 'string' ? this.#withTokens(model) : model
  }

  #name(kind: string, model: unknown, got: unknown): unknown {
    if (typeof got === typeof model && this.#bound.get(`${kind} ${model}`) === undefined) {
      this.bind(kind, String(model), String(got))
    }
    const server = this.#bound.get(`${kind} ${model}`)
    if (server === undefined) return got === undefined ? VOLATILE : model
    return typeof model === 'number' ? Number(server) : server
  }

  /** Tokens and ids stand in links too. All at once: one's token may be the other's token of something else. */
  #withTokens(text: string): string {
    if (!/[/:]/.test(text)) return text.replace(/(?<=^Tag with id )\d+/, (id) => this.#bound.get(`tag ${id}`) ?? id)
    return text.replace(/(?<=([\w-]*)[/=:])\w+/g, (word, before: string, at: number) => {
      if (word.length >= LEAST_TOKEN && !/^\d+$/.test(word)) return this.#words.get(word) ?? word
      if (text[at - 1] === ':') return word
      const isTag = before === 'systemtags' || /systemtags-relations\/files\/\w+\/$/.test(text.slice(0, at))
      return this.#bound.get(`${isTag ? 'tag' : 'file'} ${word}`) ?? word
    })
  }

  /** The model's document in the words of the server's. */
  translateXml(model: XmlElement, got: XmlElement | undefined): XmlElement {
    this.#walkXml(model, got)
    return this.#walkXml(model, got)
  }

  #walkXml(model: XmlElement, got: XmlElement | undefined): XmlElement {
    const twins = got?.children ?? []
    const sameNames =
      twins.length === model.children.length && twins.every((t, i) => t.name === model.children[i]!.name)
    const twinOf = (child: XmlElement, i: number) =>
      sameNames ? twins[i] : twins.find((twin) => twin.name === child.name)
    return {
      ...model,
      children: model.children.map((child, i) => this.#walkXml(child, twinOf(child, i))),
      text: model.children.length > 0 ? '' : String(this.#leaf(model.text, got?.text, model.name, '')),
    }
  }
}

/** What a redacted recording has instead of every token. */
const REDACTED = 'redacted'

function memberOf(got: unknown, key: unknown): unknown {
  if (got instanceof Map) return got.get(key) ?? got.get(String(key))
  if (typeof got !== 'object' || got === null) return undefined
  return Object.hasOwn(got, String(key)) ? (got as Record<string, unknown>)[String(key)] : undefined
}

/** Milliseconds since 1970 of something that looks like a moment. */
function momentOf(value: unknown): number | null {
  if (typeof value === 'number') return value > 1e12 ? value : value > 1e9 ? value * 1000 : null
  if (typeof value !== 'string') return null
  if (/^\d{10}(\d{3})?$/.test(value)) return momentOf(Number(value))
  // What an administrator says is named by its second, in hexadecimal digits.
  if (/^[0-9a-f]{8}$/.test(value)) return momentOf(Number.parseInt(value, 16))
  const text = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(value) ? `${value.replace(' ', 'T')}Z` : value
  return /^\d{4}-\d\d-\d\dT|^\w{3}, \d\d \w{3} \d{4} /.test(text) && !Number.isNaN(Date.parse(text))
    ? Date.parse(text)
    : null
}

/** Two moments of the same form that two clocks may have for the same event. */
function isSameMoment(model: unknown, got: unknown): boolean {
  if (typeof model !== typeof got || String(model).length !== String(got).length) return false
  const [a, b] = [momentOf(model), momentOf(got)]
  return a !== null && b !== null && Math.abs(a - b) <= TOLERANCE
}

/** Where nothing is known of the server's value, every moment about now may be one that a clock gave. */
function isMoment(model: unknown, now: number): boolean {
  const at = momentOf(model)
  return at !== null && Math.abs(at - now) <= SOON
}
