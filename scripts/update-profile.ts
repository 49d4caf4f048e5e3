/**
 * Brings the fixtures of a profile up to date from a running server: a fresh installation of the release.
 *
 * usage: npm run update:profile -- URL [--user admin] [--password admin] [--occ 'php occ'] [--profile nextcloud-34] [--check]
 * Only reads from the server. --occ is how `occ` of that server is run here; without it, its part is left alone.
 * --check writes nothing. Exit code 1: with --check, something would change; 2: could not ask.
 */
import { execFile } from 'node:child_process'
import { parseArgs, promisify } from 'node:util'
import { loadProfile } from '#profiles/index.ts'
import type { ProfileDefinition } from '#profiles/profile.ts'
import type { Json, Source } from '#profiles/reading/parts.ts'
import { updateProfile } from './profile/update.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    user: { type: 'string', default: 'admin' },
    password: { type: 'string', default: 'admin' },
    occ: { type: 'string' },
    profile: { type: 'string', default: 'nextcloud-34' },
    check: { type: 'boolean', default: false },
  },
})

const [url] = positionals
try {
  if (!url || !URL.canParse(url))
    throw new Error(`expected the address of a server as the first argument, found ${url}.`)
  const folders = profilesFrom(await loadProfile(values.profile)).map(
    ({ id }) => new URL(`../fixtures/profiles/${id}/`, import.meta.url),
  )
  const changes = await updateProfile(folders as [URL, ...URL[]], sourceOf(url), { write: !values.check })
  for (const { file, outcome } of changes) console.log(`${file}: ${outcome}`)
  if (values.check && changes.some(({ outcome }) => outcome === 'changed')) process.exitCode = 1
} catch (error) {
  console.error(`Failed to update the profile: ${(error as Error).message}`)
  process.exitCode = 2
}

/** A profile, and the newer ones that it is stated over. */
function profilesFrom(profile: ProfileDefinition): ProfileDefinition[] {
  return profile.newer ? [profile, ...profilesFrom(profile.newer)] : [profile]
}

function sourceOf(base: string): Source {
  const headers = {
    Authorization: `Basic ${Buffer.from(`${values.user}:${values.password}`).toString('base64')}`,
    'OCS-APIRequest': 'true',
    Accept: 'application/json',
  }
  return {
    async ocs(path) {
      // Releases before 28 do not look at Accept everywhere.
      const asked = `${path}${path.includes('?') ? '&' : '?'}format=json`
      const response = await fetch(`${base.replace(/\/$/, '')}/ocs/v2.php${asked}`, { headers })
      if (!response.ok) throw new Error(`GET ${path} was answered with ${response.status}.`)
      return ((await response.json()) as { ocs: { data: Json } }).ocs.data
    },
    occ: values.occ === undefined ? null : (...args) => run(values.occ!, args),
  }
}

async function run(command: string, args: string[]): Promise<string> {
  const [program, ...first] = command.split(' ')
  const { stdout } = await promisify(execFile)(program!, [...first, ...args], { maxBuffer: 1e8 })
  return stdout
}
