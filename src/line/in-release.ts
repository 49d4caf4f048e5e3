import { isByRelease, isIn, isThere, type Release } from '#lib/releases.ts'
import type { Endpoint, Failures, Result, Route } from './endpoint.ts'
import type { ParamShape } from './params.ts'

type Arguments = Parameters<Endpoint['handle']>[0]

/**
 * A definition as it is in a release: input, output, failures and what else its definition says to have changed. The
 * same object where nothing did, which is so for the newest release.
 */
export function inRelease<D extends Endpoint | Route>(definition: D, release: number): D
export function inRelease(definition: Endpoint | Route, release: number): Endpoint | Route {
  if (definition.kind === 'route') return definition
  const input = inputIn(definition.input, release)
  const { schema: output, trim } = definition.output.at?.(release) ?? { schema: definition.output }
  const failures = failuresIn(definition.failures, release)
  const changes = changesIn(definition, release)
  const isSame = input === definition.input && output === definition.output && failures === definition.failures
  if (isSame && !changes) return definition
  return {
    ...definition,
    ...changes,
    ...(input ? { input } : {}),
    output,
    ...(failures ? { failures } : {}),
    ...(trim ? { handle: async (args: Arguments) => trimmed(await definition.handle(args), trim) } : {}),
  }
}

/** Definitions that are there in a release, as they are there. */
export const allInRelease = <D extends Endpoint | Route>(definitions: readonly D[], profile: Release): D[] =>
  definitions
    .filter((definition) => isThere(definition, profile))
    .map((definition) => inRelease(definition, profile.release))

/** Only what the operation answers with success has its output. */
function trimmed(result: Result, trim: (data: unknown) => unknown): Result {
  return result.status === 200 ? { ...result, data: trim(result.data) as Result['data'] } : result
}

function inputIn(shape: ParamShape | undefined, release: number): ParamShape | undefined {
  if (!shape) return shape
  const there = Object.entries(shape).map(([name, param]) => [name, param.at(release)] as const)
  return there.every(([name, param]) => param === shape[name]) ? shape : Object.fromEntries(there)
}

function failuresIn(failures: Failures | undefined, release: number): Failures | undefined {
  if (!failures || !Object.values(failures).some(isByRelease)) return failures
  const there = Object.entries(failures).flatMap(([code, words]): [string, string | readonly string[]][] => {
    if (!isByRelease(words)) return [[code, words]]
    const now = words.at(release)
    return now === null ? [] : [[code, now]]
  })
  return Object.fromEntries(there)
}

function changesIn({ changes }: Endpoint, release: number): Partial<Endpoint> | null {
  const all = (changes ?? []).filter((change) => isIn(change, release))
  return all.length === 0 ? null : Object.assign({}, ...all.map(({ to }) => to))
}
