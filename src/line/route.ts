import { rawurldecode } from '#lib/php.ts'

interface Segment {
  readonly name: string
  readonly test: RegExp | null
  /** Takes the rest of the path, slashes included. */
  readonly tail: boolean
}

interface Node<T> {
  readonly fixed: Map<string, Node<T>>
  readonly params: { readonly segment: Segment; readonly node: Node<T> }[]
  readonly methods: Map<string, { readonly value: T; readonly names: readonly string[] }>
  /** What was added and lies here or below: it is sorted in when somebody comes by. */
  readonly pending: Pending<T>[]
}

interface Pending<T> {
  readonly method: string
  readonly template: string
  /** Where in the template its next segment begins. */
  readonly at: number
  /** Names of the parameters so far. */
  readonly names: readonly string[]
  readonly value: T
}

export interface Match<T> {
  readonly value: T
  readonly params: Readonly<Record<string, string>>
}

export type RouteResult<T> = Match<T> | 'wrong-method' | 'unknown'

const newNode = <T>(): Node<T> => ({ fixed: new Map(), params: [], methods: new Map(), pending: [] })

/**
 * Finds a route by method and path in time that does not grow with the number of routes. A thousand routes cost
 * nothing until somebody asks for one near them.
 * Fixed segments win over parameters; `{name}` takes one segment, `{name:regexp}` one that fits,
 * `{name:.+}` and `{name:.*}` the rest of the path, up to what the template has behind it.
 */
export class Router<T> {
  readonly #root: Node<T> = newNode()

  /** A template that ends with a slash answers without it too; the other way round is another path. */
  add(method: string, template: string, value: T): void {
    if (template.endsWith('/')) this.add(method, template.slice(0, -1), value)
    const at = template.startsWith('/') ? 1 : 0
    this.#root.pending.push({ method, template, at, names: [], value })
  }

  /**
   * The path is decoded before it is matched, so an encoded slash separates segments as a plain one does
   * (Nextcloud 34.0.1, asked). `accept` decides whether a route exists at the moment (its app is enabled).
   */
  match(method: string, path: string, accept: (value: T) => boolean = () => true): RouteResult<T> {
    let otherMethod = false
    const found = this.#walk(path, (node, values): Match<T> | null => {
      const here = node.methods.get(method) ?? node.methods.get('*')
      if (here && accept(here.value)) {
        return { value: here.value, params: Object.fromEntries(here.names.map((name, i) => [name, values[i]!])) }
      }
      for (const { value } of node.methods.values()) otherMethod ||= accept(value)
      return null
    })
    return found ?? (otherMethod ? 'wrong-method' : 'unknown')
  }

  /** What is at a path, for whatever methods. */
  at(path: string, accept: (value: T) => boolean = () => true): T[] {
    const found = this.#walk(path, ({ methods }) => {
      const here = [...methods.values()].map(({ value }) => value).filter(accept)
      return here.length > 0 ? here : null
    })
    return found ?? []
  }

  /** The first answer of those nodes where a path may end, the narrowest first. */
  #walk<R>(path: string, atEnd: (node: Node<T>, values: readonly string[]) => R | null): R | null {
    const parts = rawurldecode(path).split('/').slice(1)
    const walk = (node: Node<T>, at: number, values: string[]): R | null => {
      sortIn(node)
      if (at === parts.length) return atEnd(node, values)
      const fixed = node.fixed.get(parts[at]!)
      const found = fixed && walk(fixed, at + 1, values)
      if (found) return found
      for (const { segment, node: next } of node.params) {
        for (const end of segment.tail ? tailEnds(next, at, parts.length) : [at + 1]) {
          const raw = segment.tail ? parts.slice(at, end).join('/') : parts[at]!
          if (raw === '' && !(segment.tail && segment.test?.test(''))) continue
          if (segment.test && !segment.test.test(raw)) continue
          const below = walk(next, end, [...values, raw])
          if (below) return below
        }
      }
      return null
    }
    return walk(this.#root, 0, [])
  }
}

/** Where a tail may end: as late as possible before what the template has behind it, or else at the end. */
function tailEnds<T>(next: Node<T>, at: number, length: number): number[] {
  sortIn(next)
  if (next.fixed.size === 0 && next.params.length === 0) return [length]
  const ends = Array.from({ length: length - at - 1 }, (_, i) => length - 1 - i)
  return [...ends, length]
}

/** Hands what is pending at a node on to the nodes below it. */
function sortIn<T>(node: Node<T>): void {
  if (node.pending.length === 0) return
  for (const one of node.pending.splice(0)) {
    const { method, template, at, names, value } = one
    if (at > template.length) {
      if (!node.methods.has(method)) node.methods.set(method, { value, names })
      continue
    }
    const end = segmentEnd(template, at)
    const part = template.slice(at, end)
    const segment = part.startsWith('{') ? parseSegment(part) : null
    const next = segment ? parameterNode(node, segment) : fixedNode(node, part)
    next.pending.push({ ...one, at: end + 1, names: segment ? [...names, segment.name] : names })
  }
}

/** A segment ends at a slash that is not inside braces. */
function segmentEnd(template: string, at: number): number {
  let depth = 0
  for (let i = at; i < template.length; i++) {
    const char = template[i]
    if (char === '{') depth++
    else if (char === '}') depth--
    else if (char === '/' && depth === 0) return i
  }
  return template.length
}

function fixedNode<T>(node: Node<T>, part: string): Node<T> {
  let next = node.fixed.get(part)
  if (!next) {
    next = newNode<T>()
    node.fixed.set(part, next)
  }
  return next
}

/** Narrow parameters are tried before open ones, whole tails last. */
function parameterNode<T>({ params }: Node<T>, segment: Segment): Node<T> {
  const known = params.find(
    (one) => String(one.segment.test) === String(segment.test) && one.segment.tail === segment.tail,
  )
  if (known) return known.node
  const node = newNode<T>()
  params.push({ segment, node })
  params.sort((a, b) => rank(a.segment) - rank(b.segment))
  return node
}

const rank = (segment: Segment) => (segment.tail ? 2 : segment.test ? 0 : 1)

/** The segments of a template: it is split at slashes that are not inside braces. */
export function splitTemplate(template: string): string[] {
  return template.replace(/^\//, '').split(/\/(?![^{]*\})/)
}

/** The parameter that a segment of a template is; `null`: it is fixed. @throws SyntaxError where its regexp is none */
export function parseSegment(part: string): Segment | null {
  const match = /^\{([^:}]+)(?::(.*))?\}$/.exec(part)
  if (!match) return null
  const pattern = match[2]
  const tail = pattern === '.+' || pattern === '.*'
  return { name: match[1]!, test: pattern === undefined ? null : new RegExp(`^(?:${pattern})$`, 's'), tail }
}
