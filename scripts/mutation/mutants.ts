/** Small changes that turn right code into wrong code: a test should notice each of them. */
import { functionsIn, isNode, type Node, parse, running, type Visited } from './syntax.ts'

/** A change of one place. */
export interface Mutant {
  readonly kind: string
  /** Offsets in the file. */
  readonly start: number
  readonly end: number
  readonly replacement: string
  /** The innermost function around it, counted as they begin; `null`: it runs when the module is loaded. */
  readonly scope: number | null
}

type Change = Omit<Mutant, 'scope'>

/** All mutants of a file, in the order of their places. */
export function mutantsOf(code: string): Mutant[] {
  const tree = parse(code)
  const functions = functionsIn(tree)
  const scopeOf = ({ start, end }: Change) => {
    const scope = functions.findLastIndex((one) => one.start <= start && end <= one.end)
    return scope < 0 ? null : scope
  }
  return [...running(tree)]
    .flatMap((visited) => changesOf(visited, code))
    .toSorted((a, b) => a.start - b.start || a.end - b.end)
    .map((change) => ({ ...change, scope: scopeOf(change) }))
}

/** The code with the mutant in it. */
export const mutated = (code: string, { start, end, replacement }: Pick<Mutant, 'start' | 'end' | 'replacement'>) =>
  code.slice(0, start) + replacement + code.slice(end)

const COMPARISONS: Readonly<Record<string, string>> = {
  '===': '!==',
  '!==': '===',
  '<': '<=',
  '<=': '<',
  '>': '>=',
  '>=': '>',
}
const ARITHMETIC: Readonly<Record<string, string>> = { '+': '-', '-': '+', '*': '/', '/': '*', '%': '*' }
const ASSIGNMENTS: Readonly<Record<string, string>> = { '+=': '-=', '-=': '+=' }
const METHODS: Readonly<Record<string, string>> = {
  every: 'some',
  some: 'every',
  startsWith: 'endsWith',
  endsWith: 'startsWith',
  min: 'max',
  max: 'min',
  toLowerCase: 'toUpperCase',
  toUpperCase: 'toLowerCase',
  trim: 'toString',
}
/** Members whose text is for readers of documents; "npm run generate -- --check" keeps it. */
const FOR_READERS = new Set(['summary', 'description', 'notImplemented'])

function changesOf(visited: Visited, code: string): Change[] {
  const { node, parent, inError } = visited
  switch (node.type) {
    case 'BinaryExpression':
      return binary(node, code)
    case 'LogicalExpression':
      return logical(node, code)
    case 'UnaryExpression':
      return node.operator === '!' ? [change('not', node, `(${textOf(node.argument, code)})`)] : []
    case 'IfStatement':
    case 'ConditionalExpression':
      return constant(node.test, ['true', 'false'])
    case 'WhileStatement':
      return constant(node.test, ['false'])
    case 'AssignmentExpression':
      return operator('assignment', node, ASSIGNMENTS, code)
    case 'UpdateExpression':
      return [
        change(
          'update',
          node,
          textOf(node, code).replace(/\+\+|--/, (sign) => (sign === '++' ? '--' : '++')),
        ),
      ]
    case 'ExpressionStatement':
      return removable(node) ? [change('statement', node, ';')] : []
    case 'CallExpression':
      return method(node)
    case 'ArrayExpression':
      return (node.elements as unknown[]).length > 0 ? [change('list', node, '[]')] : []
    case 'ObjectExpression':
      return order(node, code)
    case 'Literal':
      return inError || isForReaders(visited) ? [] : literal(node)
    case 'TemplateLiteral':
      return inError || isForReaders(visited) || parent?.type === 'TaggedTemplateExpression'
        ? []
        : [change('text', node, "''")]
    default:
      return []
  }
}

const change = (kind: string, { start, end }: Pick<Node, 'start' | 'end'>, replacement: string): Change => ({
  kind,
  start,
  end,
  replacement,
})

const textOf = (node: unknown, code: string) => (isNode(node) ? code.slice(node.start, node.end) : '')

function binary(node: Node, code: string): Change[] {
  const isText = ({ type, value }: Node) => type === 'TemplateLiteral' || typeof value === 'string'
  if (node.operator === '+' && [node.left, node.right].some((side) => isNode(side) && isText(side))) return []
  return [...operator('comparison', node, COMPARISONS, code), ...operator('arithmetic', node, ARITHMETIC, code)]
}

/** Another operator between two sides. */
function operator(kind: string, node: Node, others: Readonly<Record<string, string>>, code: string): Change[] {
  const { left, right, operator: sign } = node
  const other = typeof sign === 'string' ? others[sign] : undefined
  if (other === undefined || !isNode(left) || !isNode(right)) return []
  const start = code.indexOf(String(sign), left.end)
  return [change(kind, { start, end: start + String(sign).length }, other)]
}

function logical(node: Node, code: string): Change[] {
  if (node.operator === '??') return [change('default', node, `(${textOf(node.left, code)})`)]
  return operator('logic', node, { '&&': '||', '||': '&&' }, code)
}

function constant(test: unknown, values: readonly string[]): Change[] {
  return isNode(test) ? values.map((value) => change('condition', test, value)) : []
}

/** A statement that is there for what it does. */
function removable({ expression, directive }: Node): boolean {
  if (!isNode(expression) || typeof directive === 'string') return false
  const { type, argument, callee } = expression
  if (type === 'AwaitExpression') return isNode(argument) && argument.type === 'CallExpression'
  if (type === 'CallExpression') return isNode(callee) && callee.type !== 'Super'
  return type === 'AssignmentExpression'
}

function method({ callee }: Node): Change[] {
  const property = isNode(callee) && callee.type === 'MemberExpression' ? callee.property : undefined
  const other = isNode(property) && typeof property.name === 'string' ? METHODS[property.name] : undefined
  return isNode(property) && other !== undefined && Object.hasOwn(METHODS, String(property.name))
    ? [change('method', property, other)]
    : []
}

/** What overrides what: `{ ...a, ...b }`. */
function order({ properties }: Node, code: string): Change[] {
  const members = (properties as unknown[]).filter(isNode)
  return members.flatMap((left, at) => {
    const right = members[at + 1]
    if (left.type !== 'SpreadElement' || right?.type !== 'SpreadElement') return []
    const between = code.slice(left.end, right.start)
    return [change('order', { start: left.start, end: right.end }, textOf(right, code) + between + textOf(left, code))]
  })
}

function literal(node: Node): Change[] {
  const { value } = node
  if (typeof value === 'number') return [change('number', node, String(value + 1))]
  if (typeof value === 'boolean') return [change('boolean', node, String(!value))]
  if (typeof value === 'string') return [change('text', node, value === '' ? "'mutated'" : "''")]
  return []
}

/** The text of a member for readers, or of `s.described('a text for editors', …)`. */
const isForReaders = ({ parent, member }: Visited) =>
  (parent?.type === 'Property' && member === 'value' && FOR_READERS.has(nameOf(parent.key))) ||
  (parent?.type === 'CallExpression' &&
    member === 'arguments' &&
    isNode(parent.callee) &&
    nameOf(parent.callee.property) === 'described')

const nameOf = (node: unknown) => (isNode(node) ? String(node.name) : '')
