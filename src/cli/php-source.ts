/** What can be read of PHP without running it: arrays of texts, and methods with what stands above them. */

/** A value of an array as it is written. */
export type PhpLiteral = string | PhpLiteralArray
export interface PhpLiteralArray {
  readonly [key: string]: PhpLiteral
}

/** Source without comments, but for those that have annotations. */
export const withoutComments = (source: string): string =>
  source.replace(
    /'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|\/\*(?!\*)[\s\S]*?\*\/|(?<![:\w])\/\/[^\n]*|(?<!\w)#(?!\[)[^\n]*/g,
    (found) => (/^['"]/.test(found) ? found : ' '),
  )

const TOKENS = /'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|=>|[[\],()]|array\s*\(|[^\s[\],()=]+/gi

/**
 * The array that begins at a place. Whatever is no text, number or array in it is kept as it is written.
 * @param from where its bracket stands
 */
export function readArray(source: string, from: number): PhpLiteralArray {
  const tokens = [...source.slice(from).matchAll(TOKENS)].map(([token]) => token)
  let at = 0
  const isOpen = (token: string | undefined) => token === '[' || /^array/i.test(token ?? '') || token === '('
  const value = (): PhpLiteral => {
    const token = tokens[at++] ?? ''
    return isOpen(token) ? array() : unquoted(token)
  }
  const array = (): PhpLiteralArray => {
    const members: Record<string, PhpLiteral> = {}
    let next = 0
    while (at < tokens.length && tokens[at] !== ']' && tokens[at] !== ')') {
      if (tokens[at] === ',') {
        at++
        continue
      }
      const first = value()
      if (tokens[at] !== '=>') members[next++] = first
      else {
        at++
        members[String(first)] = value()
      }
      // Texts that are put together, and other expressions.
      while (at < tokens.length && ![',', ']', ')'].includes(tokens[at]!)) at++
    }
    at++
    return members
  }
  const first = value()
  return typeof first === 'string' ? {} : first
}

const unquoted = (token: string): string =>
  /^['"]/.test(token) ? token.slice(1, -1).replace(/\\(['"\\])/g, '$1') : token

/** A public method of a class. */
export interface PhpMethod {
  readonly name: string
  /** The words of its attributes and annotations: `NoAdminRequired`. */
  readonly marks: ReadonlySet<string>
  /** Arguments of its attributes, by their names; positional ones by their places. */
  readonly attributes: readonly { readonly name: string; readonly arguments: PhpLiteralArray }[]
  readonly parameters: readonly PhpParameter[]
}

export interface PhpParameter {
  readonly name: string
  /** `int`, `?string` …; empty: none is written. */
  readonly type: string
  readonly isRequired: boolean
}

const METHOD =
  /((?:\/\*\*(?:(?!\*\/)[\s\S])*\*\/|#\[(?:'[^']*'|[^\][]|\[(?:'[^']*'|[^\]])*\])*\]|\s)*)\bpublic\s+function\s+(\w+)\s*\(((?:[^()]|\([^()]*\))*)\)/g

/** The public methods of a class, in their order. */
export const methodsIn = (source: string): PhpMethod[] =>
  [...withoutComments(source).matchAll(METHOD)].map(([, above = '', name = '', parameters = '']) => {
    const attributes = attributesIn(above)
    const annotations = [...above.matchAll(/@(\w+)/g)].map(([, word]) => word!)
    return {
      name,
      marks: new Set([...attributes.map((one) => one.name), ...annotations]),
      attributes,
      parameters: parametersIn(parameters),
    }
  })

function attributesIn(above: string): PhpMethod['attributes'] {
  const bodies = [...above.matchAll(/#\[((?:'[^']*'|[^\][]|\[(?:'[^']*'|[^\]])*\])*)\]/g)].map(([, body]) => body!)
  return bodies.flatMap((body) =>
    [...body.matchAll(/([\w\\]+)\s*(?:\(((?:[^()]|\([^()]*\))*)\))?/g)]
      .slice(0, 1)
      .map(([, name = '', given = '']) => ({
        name: name.split('\\').at(-1)!,
        // What is named, `url: '/forms'`, reads as a key of an array.
        arguments: readArray(`[${given.replace(/(^|[,(\s])(\w+)\s*:(?!:)/g, "$1'$2' =>")}]`, 0),
      })),
  )
}

function parametersIn(text: string): PhpParameter[] {
  return text.split(/,(?![^[(]*[\])])/).flatMap((one) => {
    const [, type = '', name, otherwise] =
      /^\s*(?:#\[[^\]]*\]\s*)?([?\w\\|]*)\s*&?\.{0,3}\$(\w+)\s*(=[\s\S]*)?$/.exec(one) ?? []
    return name === undefined ? [] : [{ name, type, isRequired: otherwise === undefined && !/^\?|\bnull\b/.test(type) }]
  })
}
