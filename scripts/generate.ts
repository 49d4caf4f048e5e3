/**
 * Writes all that follows from fixtures and definitions: the loaders of profiles, `handlers/index.ts`, then what is made from it.
 * `--check` writes nothing, names what is stale, and exits with 1.
 */
await import('./generate-profiles.ts')
await import('./generate-index.ts')
await import('./generate-spec.ts')
await import('./generate-scenarios.ts')
