/**
 * Writes all that follows from fixtures and definitions: the loaders of profiles, `handlers/index.ts`, then what is made from it.
 * `--check` writes nothing, names what is stale, and exits with 1.
 */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

await import('./generate-documented.ts')
await import('./generate-profiles.ts')
// In a process of its own: a module below `handlers/` may import the product, and with it the manifest as it was.
const index = fileURLToPath(new URL('generate-index.ts', import.meta.url))
const { status } = spawnSync(process.execPath, ['--import', 'tsx', index, ...process.argv.slice(2)], {
  stdio: 'inherit',
})
if (status !== 0) process.exitCode = 1
await import('./generate-spec.ts')
await import('./generate-scenarios.ts')
await import('./generate-changes.ts')
await import('./generate-docs.ts')
