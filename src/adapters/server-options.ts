import { UserError } from '#lib/errors.ts'

const MOST_PORTS = 65_535

const isTextList = (value: unknown) => Array.isArray(value) && value.every((item) => typeof item === 'string')
const isWhole = (value: unknown, most: number) =>
  Number.isSafeInteger(value) && Number(value) >= 0 && Number(value) <= most

function isKeyPair(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const { cert, key, ...others } = value as Readonly<Record<string, unknown>>
  return [cert, key].every((text) => typeof text === 'string' && text.includes('-----BEGIN')) && !Object.keys(others)[0]
}

/** What each option has to be, in words, and whether it is. */
const RULES: Readonly<Record<string, readonly [isRight: (value: unknown) => boolean, what: string]>> = {
  port: [(value) => isWhole(value, MOST_PORTS), `a whole number from 0 to ${MOST_PORTS}; 0 picks a free one`],
  host: [(value) => typeof value === 'string' && value !== '', 'an address of this machine, such as "127.0.0.1"'],
  maxBody: [(value) => isWhole(value, Number.MAX_SAFE_INTEGER), 'a number of bytes'],
  tls: [(value) => typeof value === 'boolean' || isKeyPair(value), 'true, or { cert, key } with both in PEM'],
  adminToken: [(value) => typeof value === 'string' && value !== '', 'a text that is not empty'],
  cors: [isTextList, 'a list of origins, such as ["http://localhost:5173"]'],
  allowOutgoing: [isTextList, 'a list of hosts, such as ["hooks.example.com"]'],
}

/** @throws UserError for an option that is not what it has to be, with what would be right */
export function checkServerOptions(options: object): void {
  const given: Readonly<Record<string, unknown>> = { ...options }
  for (const [name, [isRight, what]] of Object.entries(RULES)) {
    const value = given[name]
    if (value === undefined || isRight(value)) continue
    const shown = name === 'adminToken' || name === 'tls' ? 'something else' : JSON.stringify(value)
    throw new UserError(`Failed to serve: "${name}" is ${shown}. Write ${what}.`)
  }
}
