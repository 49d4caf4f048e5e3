import type { Io, Output } from './command.ts'

const CODES = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36 } as const

export type Colour = keyof typeof CODES

/** Writes a text in a colour, or as it is. */
export type Paint = (colour: Colour, text: string) => string

/** Whether a stream shall have colours: where a person reads along, unless `NO_COLOR` or `FORCE_COLOR` say otherwise. */
export function hasColour({ isTerminal }: Pick<Output, 'isTerminal'>, env: Io['env']): boolean {
  if (env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '') return env.FORCE_COLOR !== '0'
  return isTerminal && !env.NO_COLOR && env.TERM !== 'dumb'
}

const plain: Paint = (_, text) => text
const inColour: Paint = (colour, text) => `\u001b[${CODES[colour]}m${text}\u001b[0m`

/** What paints on a stream. */
export const painter = (output: Pick<Output, 'isTerminal'>, env: Io['env']): Paint =>
  hasColour(output, env) ? inColour : plain
