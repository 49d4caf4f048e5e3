import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../..', import.meta.url))

/** What the README tells users to install, besides the package itself. */
const PACKAGES = ['msw', 'vitest', 'happy-dom', '@nextcloud/axios', '@nextcloud/router', '@playwright/test']

export interface Finished {
  readonly code: number | null
  /** Both streams, as they came. */
  readonly text: string
}

/** A project of somebody else that has the built package among its modules. */
export class Sandbox {
  readonly folder = mkdtempSync(join(tmpdir(), 'ocs-mock-sandbox-'))

  constructor() {
    this.write('package.json', JSON.stringify({ type: 'module', private: true }))
    for (const name of PACKAGES) this.#link(name, join(root, 'node_modules', name))
    this.#link('ocs-mock', root)
  }

  write(file: string, text: string): void {
    writeFileSync(join(this.folder, file), text)
  }

  /** Run a module of the sandbox with Node: `vitest/vitest.mjs`. */
  run(module: string, args: readonly string[]): Promise<Finished> {
    const child = spawn(process.execPath, [join(this.folder, 'node_modules', module), ...args], {
      cwd: this.folder,
      env: withoutVitest(process.env),
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let text = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        text += chunk
      })
    }
    return new Promise((resolve) => child.on('close', (code) => resolve({ code, text })))
  }

  remove(): void {
    rmSync(this.folder, { recursive: true })
  }

  #link(name: string, target: string): void {
    const at = join(this.folder, 'node_modules', name)
    mkdirSync(dirname(at), { recursive: true })
    symlinkSync(target, at, 'junction')
  }
}

/** A test runner that runs inside another one shall not know it. */
function withoutVitest(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^(VITEST|TEST|NODE_ENV|NODE_OPTIONS)/.test(name)))
}
