import { defineProfileData } from '#app/index.ts'

type Parameters = Readonly<Record<string, string>>

/** A way to log in at a storage: its name, and what it has to be told, with the kind of each. */
export interface AuthBackend {
  readonly name: string
  readonly configuration: Parameters
}

/** A kind of storage, and the ways to log in there. */
export interface StorageBackend extends AuthBackend {
  readonly storage_class: string
  readonly authentication: readonly string[]
}

export interface Backends {
  readonly authentication: Readonly<Record<string, AuthBackend>>
  readonly storage: Readonly<Record<string, StorageBackend>>
}

export const backends = defineProfileData<Backends>('external-backends', { authentication: {}, storage: {} })

/** Each with its id and, for a storage, with what its ways to log in have to be told: as the console shows them. */
export function describeBackends({ authentication, storage }: Backends) {
  const orNothing = (parameters: Parameters) => (Object.keys(parameters).length === 0 ? [] : parameters)
  const ways = Object.entries(authentication).map(
    ([identifier, { name, configuration }]) =>
      [identifier, { name, identifier, configuration: orNothing(configuration) }] as const,
  )
  const storages = Object.entries(storage).map(([identifier, { name, configuration, ...one }]) => {
    const theirs = one.authentication.map((id) => [id, orNothing(authentication[id]?.configuration ?? {})] as const)
    const described = {
      name,
      identifier,
      configuration: orNothing(configuration),
      storage_class: one.storage_class,
      supported_authentication_backends: one.authentication,
      authentication_configuration: Object.fromEntries(theirs),
    }
    return [identifier, described] as const
  })
  return { authentication: Object.fromEntries(ways), storage: Object.fromEntries(storages) }
}

/**
 * A value for a storage as it is kept, or `null`: there is no such parameter, or it is of another kind.
 * @param value as it was typed
 */
export function readParameter(kinds: Parameters, name: string, value: string): string | null {
  if (!Object.hasOwn(kinds, name)) return null
  if (kinds[name] !== 'boolean') return value
  return value === 'true' ? '1' : value === 'false' ? '' : null
}
