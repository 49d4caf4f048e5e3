import { partsOf, placeholder } from '#contract/placeholder.ts'
import { isJsonObject, type Json } from '#lib/json.ts'
import { ownName } from '../stateful/own-names.ts'

/** Kinds of things that everybody on a server shares, and that are known by a name. */
export type NamedKind = 'user' | 'group' | 'tag'

/** Names of a consumer's things. */
export type Names = { readonly [kind in NamedKind]?: ReadonlySet<string> }

/** What a consumer's accounts, groups and tags are called on a server: by names of our own, so that nothing of others is touched. */
export class Renaming {
  readonly #run: string
  readonly #names: Readonly<Record<NamedKind, Map<string, string>>> = {
    user: new Map(),
    group: new Map(),
    tag: new Map(),
  }
  readonly #taken = new Set<string>()

  constructor(run: string) {
    this.#run = run
  }

  /** The name of something, new if it had none. */
  add(kind: NamedKind, name: string): string {
    const known = this.#names[kind].get(name)
    if (known !== undefined) return known
    const plain = name.toLowerCase().replace(/[^a-z\d]/g, '') || kind
    let own = plain
    for (let n = 2; this.#taken.has(own); n++) own = `${plain}${n}`
    this.#taken.add(own)
    const renamed = ownName(this.#run, own)
    this.#names[kind].set(name, renamed)
    return renamed
  }

  /** All names that were given. */
  names(kind: NamedKind): string[] {
    return [...this.#names[kind].values()]
  }

  /** What all names of the run begin with. */
  get prefix(): string {
    return ownName(this.#run, '')
  }

  /** The same with names for more. */
  with(more: Names): Renaming {
    const renaming = new Renaming(this.#run)
    for (const kind of ['user', 'group', 'tag'] as const) {
      for (const [name, renamed] of this.#names[kind]) {
        renaming.#names[kind].set(name, renamed)
        renaming.#taken.add(renamed.slice(this.prefix.length))
      }
    }
    for (const kind of ['user', 'group', 'tag'] as const) for (const name of more[kind] ?? []) renaming.add(kind, name)
    return renaming
  }

  /** An account by its name. */
  user(name: string): string {
    return this.#names.user.get(name) ?? name
  }

  /** A text that stands in a place of that name: all of it, or segments of a path, may be names. */
  text(value: string, key: string): string {
    const parts = partsOf(value)
    if (parts.length === 1 && typeof parts[0] === 'string') return this.#plain(parts[0], key)
    return parts
      .map((part) => (typeof part === 'string' ? this.#plain(part, key) : placeholder(part.name, part.form)))
      .join('')
  }

  #plain(value: string, key: string): string {
    const whole = this.#word(value, key)
    if (whole !== value || !/[/<]/.test(value)) return whole
    return value.replace(/([^/<>]*)([/<>]|$)/g, (part, word: string, end: string, at: number) => {
      if (part === '') return part
      const before = /([^/<>]+)[/<>]$/.exec(value.slice(0, at))?.[1] ?? key
      return this.#encodedWord(word, before) + end
    })
  }

  #encodedWord(word: string, key: string): string {
    try {
      const decoded = decodeURIComponent(word)
      const renamed = this.#word(decoded, key)
      return renamed === decoded ? word : renamed
    } catch {
      return word
    }
  }

  #word(word: string, key: string): string {
    const kinds: readonly NamedKind[] = /group/i.test(key)
      ? ['group']
      : /tag|name/i.test(key)
        ? ['tag', 'user', 'group']
        : ['user', 'group']
    for (const kind of kinds) {
      const renamed = this.#names[kind].get(word)
      if (renamed !== undefined) return renamed
    }
    return word
  }

  /** All texts of a document. */
  tree(value: Json, key = ''): Json {
    if (typeof value === 'string') return this.text(value, key)
    if (Array.isArray(value)) return value.map((item: Json) => this.tree(item, key))
    if (!isJsonObject(value)) return value
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => [this.#word(name, key), this.tree(item, name)]),
    )
  }
}
