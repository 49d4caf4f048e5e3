import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('..', import.meta.url))
const stamp = join(folder, 'node_modules', '.installed')

/** Brings the clients of others that `package.json` beside the tests names, unless they are there. */
export default function setup(): void {
  const wanted = createHash('sha256')
    .update(readFileSync(join(folder, 'package-lock.json')))
    .digest('hex')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  console.error('Installing the clients of others for test/third-party (once, about 210 MB) …')
  const npm = process.env.npm_execpath
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error']
  const { status, error } = spawnSync(npm ? process.execPath : 'npm', npm ? [npm, ...args] : args, {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: withoutPackage(process.env),
  })
  if (status !== 0) {
    throw new Error(
      `Failed to install the clients of others in test/third-party: ${error?.message ?? `npm ci ended with ${status}`}. ` +
        'Run "npm ci --ignore-scripts" there and see.',
    )
  }
  writeFileSync(stamp, wanted)
}

/** An npm that runs inside a script of another package shall not know it. */
function withoutPackage(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !/^npm_(package|lifecycle|config_(local_)?prefix)/.test(name)),
  )
}
