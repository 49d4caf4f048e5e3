import { levenshtein } from '#lib/nearest-name.ts'
import type { CommandDefinition } from './definition.ts'
import { CommandNotFound } from './errors.ts'
import { textWidth } from './text-width.ts'

/** The commands that are there at the moment, by all their names, in the order in which they were registered. */
export class CommandList {
  readonly all: ReadonlyMap<string, CommandDefinition>

  constructor(definitions: readonly CommandDefinition[]) {
    const all = new Map<string, CommandDefinition>()
    for (const definition of definitions) {
      all.set(definition.name, definition)
      for (const alias of definition.aliases ?? []) all.set(alias, definition)
    }
    this.all = all
  }

  /**
   * A command by its name, an alias, or an abbreviation of every part of it (`us:l`).
   * @param columns of the terminal; the list of what an ambiguous name may mean is cut to it
   * @throws CommandNotFound with what may have been meant
   */
  find(name: string, columns: number): CommandDefinition {
    const exact = this.all.get(name)
    if (exact) return exact
    const names = [...this.all.keys()]
    const pattern = abbreviation(name)
    let found = names.filter((candidate) => new RegExp(`^${pattern}`).test(candidate))
    if (found.length === 0) found = names.filter((candidate) => new RegExp(`^${pattern}`, 'i').test(candidate))
    // Names that only begin like this are namespaces.
    if (!found.some((candidate) => new RegExp(`^${pattern}$`, 'i').test(candidate))) throw this.#notFound(name, names)
    const command = this.#onlyOne(name, found, columns)
    if (command.hidden) throw new CommandNotFound(`The command "${name}" does not exist.`, [])
    return command
  }

  #onlyOne(name: string, found: readonly string[], columns: number): CommandDefinition {
    const candidates = found.filter((candidate) => {
      const own = this.all.get(candidate)!.name
      return own === candidate || !found.includes(own)
    })
    const commands = new Set(candidates.map((candidate) => this.all.get(candidate)!))
    const visible = candidates.filter((candidate) => !this.all.get(candidate)!.hidden)
    if (commands.size === 1) return commands.values().next().value!
    if (visible.length === 1) return this.all.get(visible[0]!)!
    throw new CommandNotFound(
      `Command "${name}" is ambiguous.\nDid you mean one of these?\n${this.#describeAmbiguous(visible, columns)}.`,
      visible,
    )
  }

  #describeAmbiguous(names: readonly string[], columns: number): string {
    const longest = Math.max(...names.map(textWidth))
    const lines = names.map((name) => {
      const line = `${name.padEnd(longest)} ${this.all.get(name)!.description}`
      return textWidth(line) > columns - 10 ? `${line.slice(0, columns - 13)}...` : line
    })
    return lines.map((line) => `    ${line}`).join('\n')
  }

  #notFound(name: string, names: readonly string[]): CommandNotFound {
    const colon = name.lastIndexOf(':')
    if (colon >= 0) this.findNamespace(name.slice(0, colon))
    const alternatives = findAlternatives(name, names).filter((candidate) => !this.all.get(candidate)!.hidden)
    return new CommandNotFound(`Command "${name}" is not defined.${didYouMean(alternatives)}`, alternatives)
  }

  /** All namespaces at all depths, in the order of the commands. */
  get namespaces(): string[] {
    const found = new Set<string>()
    for (const definition of new Set(this.all.values())) {
      if (definition.hidden) continue
      for (const name of [definition.name, ...(definition.aliases ?? [])]) {
        const parts = name.split(':').slice(0, -1)
        for (let depth = 1; depth <= parts.length; depth++) found.add(parts.slice(0, depth).join(':'))
      }
    }
    return [...found]
  }

  /**
   * A namespace by its name or an abbreviation.
   * @throws CommandNotFound with what may have been meant
   */
  findNamespace(name: string): string {
    const all = this.namespaces
    const found = all.filter((candidate) => new RegExp(`^${abbreviation(name)}`).test(candidate))
    if (found.length === 0) {
      const alternatives = findAlternatives(name, all)
      const message = `There are no commands defined in the "${name}" namespace.${didYouMean(alternatives)}`
      throw new CommandNotFound(message, alternatives, true)
    }
    if (found.includes(name)) return name
    if (found.length === 1) return found[0]!
    const list = found.map((candidate) => `    ${candidate}`).join('\n')
    throw new CommandNotFound(
      `The namespace "${name}" is ambiguous.\nDid you mean one of these?\n${list}.`,
      found,
      true,
    )
  }

  /** Commands and aliases directly below a namespace's first levels, as `list NAMESPACE` shows them. */
  below(namespace: string): Map<string, CommandDefinition> {
    const depth = namespace.split(':').length
    return new Map(
      [...this.all].filter(([name]) => name.split(':').slice(0, -1).slice(0, depth).join(':') === namespace),
    )
  }
}

function didYouMean(alternatives: readonly string[]): string {
  if (alternatives.length === 0) return ''
  return `\n\nDid you mean ${alternatives.length === 1 ? 'this' : 'one of these'}?\n    ${alternatives.join('\n    ')}`
}

/** Matches names in which every part begins with the given one's part. */
function abbreviation(name: string): string {
  return `${name.split(':').map(escapeRegExp).join('[^:]*:')}[^:]*`
}

const escapeRegExp = (text: string) => text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&')

/** What a part that does not fit adds; twice as much is too far away. */
const FAR = 1000

/**
 * Names that may have been meant. Each part is compared with the part at the same place (at most a third of its
 * letters wrong, or contained), then the whole with the whole; parts that do not fit count a lot.
 * Source: Symfony Console 6.4, asked.
 */
function findAlternatives(name: string, names: readonly string[]): string[] {
  const distances = new Map<string, number>()
  for (const [i, part] of name.split(':').entries()) {
    for (const candidate of names) {
      const other = candidate.split(':')[i]
      const before = distances.get(candidate)
      const distance = other === undefined ? FAR : nearness(part, other)
      if (distance === null || other === undefined) {
        if (before !== undefined) distances.set(candidate, before + FAR)
      } else distances.set(candidate, (before ?? 0) + distance)
    }
  }
  for (const candidate of names) {
    const distance = nearness(name, candidate)
    if (distance === null) continue
    const before = distances.get(candidate)
    distances.set(candidate, before === undefined ? distance : before - distance)
  }
  return [...distances]
    .filter(([, distance]) => distance < 2 * FAR)
    .map(([candidate]) => candidate)
    .sort(naturally)
}

/** The edit distance where it is small or the other contains the text, else `null`. */
function nearness(text: string, other: string): number | null {
  const distance = levenshtein(text, other)
  return distance <= text.length / 3 || (text !== '' && other.includes(text)) ? distance : null
}

/** Numbers by their value, case ignored. */
function naturally(a: string, b: string): number {
  const pieces = (text: string) => text.toUpperCase().match(/\d+|\D+/g) ?? []
  const [left, right] = [pieces(a), pieces(b)]
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const [x, y] = [left[i]!, right[i]!]
    if (x === y) continue
    if (/^\d/.test(x) && /^\d/.test(y) && Number(x) !== Number(y)) return Number(x) - Number(y)
    return x < y ? -1 : 1
  }
  return left.length - right.length
}
