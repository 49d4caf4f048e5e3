/**
 * Writes all that follows from the definitions: `handlers/index.ts`, then what is made from it.
 * `--check` writes nothing, names what is stale, and exits with 1.
 */
await import('./generate-index.ts')
await import('./generate-spec.ts')
await import('./generate-scenarios.ts')
