/** What the mutators need to know of a syntax tree: its nodes, and which code runs. */
import { parseAst } from 'vitest/node'

/** A node of the tree of ESTree, as far as it is alike for all. */
export interface Node {
  readonly type: string
  readonly start: number
  readonly end: number
  readonly [member: string]: unknown
}

/** A node with what stands around it. */
export interface Visited {
  readonly node: Node
  readonly parent: Node | null
  /** Where the parent keeps it. */
  readonly member: string
  /** Within what is thrown at programmers, whose words no test has to know. */
  readonly inError: boolean
}

export const parse = (code: string): Node => parseAst(code, { lang: 'ts' }) as unknown as Node

export const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string'

/** Nodes of types that only wrap an expression: `x as T`, `x satisfies T`, `x!`. */
const WRAPPERS = new Set(['TSAsExpression', 'TSSatisfiesExpression', 'TSNonNullExpression'])
const NEVER_RUN = new Set(['ImportDeclaration', 'ExportAllDeclaration', 'ImportExpression', 'MetaProperty'])
const OF_TYPES = new Set(['typeAnnotation', 'returnType', 'typeParameters', 'typeArguments', 'superTypeArguments'])
const ERRORS = new Set(['Error', 'TypeError', 'RangeError'])

/** All nodes of code that runs, parents first: no types, no imports, no names of members. */
export function* running(node: Node, parent: Node | null = null, member = '', inError = false): Generator<Visited> {
  if (NEVER_RUN.has(node.type) || (node.type.startsWith('TS') && !WRAPPERS.has(node.type))) return
  yield { node, parent, member, inError }
  const within = inError || isErrorOfProgrammers(node)
  for (const [name, value] of Object.entries(node)) {
    if (OF_TYPES.has(name) || isName(node, name)) continue
    for (const child of Array.isArray(value) ? value : [value]) {
      if (isNode(child)) yield* running(child, node, name, within)
    }
  }
}

const isErrorOfProgrammers = ({ type, callee }: Node) =>
  type === 'NewExpression' && isNode(callee) && ERRORS.has(String(callee.name))

/** `name` in `{ name: 1 }` and `x.name`, which is no expression. */
const isName = ({ type, computed }: Node, member: string) =>
  computed !== true &&
  ((member === 'key' && /^(Property|MethodDefinition|PropertyDefinition)$/.test(type)) ||
    (member === 'property' && type === 'MemberExpression'))

const FUNCTIONS = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression'])

/** All functions, in the order of their beginnings; outer ones come before those in them. */
export const functionsIn = (tree: Node): Node[] =>
  [...running(tree)].map(({ node }) => node).filter(({ type, body }) => FUNCTIONS.has(type) && isNode(body))
