import { functionsIn, isNode, type Node, parse } from './syntax.ts'

/** The name by which a function of a file is known. */
export const probeName = (file: string, scope: number) => `${file}#${scope}`

/** The code, each of whose functions calls `ocsMockReached` with its name when it runs. */
export function withProbes(code: string, file: string): string {
  const insertions = functionsIn(parse(code)).flatMap((one, scope) => {
    const call = `globalThis.ocsMockReached?.(${JSON.stringify(probeName(file, scope))})`
    const body = one.body as Node
    if (isNode(body) && body.type === 'BlockStatement') return [{ at: body.start + 1, text: `${call};` }]
    return [
      { at: body.start, text: `(${call}, ` },
      { at: body.end, text: ')' },
    ]
  })
  // From the end, so that the places before stay where they are.
  return insertions
    .toSorted((a, b) => b.at - a.at)
    .reduce((result, { at, text }) => result.slice(0, at) + text + result.slice(at), code)
}
