import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const bin = fileURLToPath(new URL('../../../dist/bin/ocs-mock.js', import.meta.url))

export interface Program {
  readonly url: string
  /** Ask it to end; its exit code. */
  end(signal?: NodeJS.Signals): Promise<number | null>
  /** What it wrote so far. */
  readonly out: string
  readonly err: string
}

/** The built program in a process of its own, once it says where it listens. */
export function startProgram(args: readonly string[], cwd?: string): Promise<Program> {
  const child = spawn(process.execPath, [bin, ...args], { cwd, stdio: ['ignore', 'pipe', 'pipe'] })
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
  const written = { out: '', err: '' }
  child.stderr.on('data', (chunk) => {
    written.err += chunk
  })
  return new Promise((resolve, reject) => {
    child.stdout.on('data', (chunk) => {
      written.out += chunk
      const url = /http:\/\/[\w.]+:\d+/.exec(written.out)?.[0]
      if (url === undefined) return
      resolve({
        url,
        end(signal = 'SIGTERM') {
          child.kill(signal)
          return ended
        },
        get out() {
          return written.out
        },
        get err() {
          return written.err
        },
      })
    })
    ended.then((code) => reject(new Error(`ocs-mock ended with ${code}: ${written.err}`)))
  })
}
