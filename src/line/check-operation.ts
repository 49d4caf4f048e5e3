import { didYouMean } from '#lib/did-you-mean.ts'
import { UserError } from '#lib/errors.ts'
import type { Operation } from './operation.ts'

/**
 * A name is that of an operation.
 * @param what was tried, for the message: `Failed to read the expectation`
 * @param operations all that there are; none: nobody knows
 * @throws UserError that says what was probably meant, also where a request was written and not the name of its operation
 */
export function checkOperation(what: string, name: string, operations: readonly Operation[]): void {
  if (operations.length === 0 || operations.some(({ id }) => id === name)) return
  throw new UserError(`${what}: there is no operation "${name}". ${meant(name, operations)}`)
}

function meant(name: string, operations: readonly Operation[]): string {
  const [, method = '', path] = /^(?:([A-Z]+) +)?(?:https?:\/\/[^/]*)?(\/[^?]*)/.exec(name) ?? []
  if (path === undefined)
    return didYouMean(
      name,
      operations.map(({ id }) => id),
    )
  const below = path.replace(/^\/ocs\/v[12]\.php/, '').split('/')
  const there = operations.filter((one) => isAt(one.path, below) && (method === '' || one.methods.includes(method)))
  const names = there.map(({ id, methods }) => `"${id}" (${methods.join('|')})`)
  return names.length === 0
    ? 'Write the name of an operation: `ocs-mock operations` lists them with their paths.'
    : `Write the name of the operation at that path: ${names.join(', ')}.`
}

/** Whether a path is one of a template's. */
function isAt(template: string, path: readonly string[]): boolean {
  const segments = template.split('/')
  return segments.length === path.length && segments.every((one, i) => one.startsWith('{') || one === path[i])
}
