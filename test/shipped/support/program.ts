import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const bin = (name: 'ocs-mock' | 'ocs-mock-occ') =>
  fileURLToPath(new URL(`../../../dist/bin/${name}.js`, import.meta.url))

export interface Program {
  readonly url: string
  /** Ask it to end; its exit code. */
  end(signal?: NodeJS.Signals): Promise<number | null>
  /** What it wrote so far. */
  readonly out: string
  readonly err: string
  /** Ends when it has written something, on either stream. */
  wrote(text: string | RegExp): Promise<void>
}

/** The built program in a process of its own, once it says where it listens. */
export function startProgram(args: readonly string[], cwd?: string): Promise<Program> {
  const child = spawn(process.execPath, [bin('ocs-mock'), ...args], { cwd, stdio: ['ignore', 'pipe', 'pipe'] })
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
  const written = { out: '', err: '' }
  child.stderr.on('data', (chunk) => {
    written.err += chunk
  })
  const wrote = (text: string | RegExp) =>
    new Promise<void>((done) => {
      const look = () => {
        const all = written.out + written.err
        if (typeof text === 'string' ? !all.includes(text) : !text.test(all)) return
        for (const stream of [child.stdout, child.stderr]) stream.off('data', look)
        done()
      }
      for (const stream of [child.stdout, child.stderr]) stream.on('data', look)
      look()
    })
  return new Promise((resolve, reject) => {
    child.stdout.on('data', (chunk) => {
      written.out += chunk
      const url = /https?:\/\/[\w.]+:\d+/.exec(written.out)?.[0]
      if (url === undefined) return
      resolve({
        url,
        wrote,
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

/** The built program until it ends by itself. @param url where `ocs-mock-occ` finds its server */
export function runProgram(
  args: readonly string[],
  cwd?: string,
  url?: string,
): Promise<{ readonly code: number | null; readonly out: string; readonly err: string }> {
  const child = spawn(process.execPath, [bin(url === undefined ? 'ocs-mock' : 'ocs-mock-occ'), ...args], {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...(url === undefined ? {} : { OCS_MOCK_URL: url }) },
  })
  const written = { out: '', err: '' }
  child.stdout.on('data', (chunk) => {
    written.out += chunk
  })
  child.stderr.on('data', (chunk) => {
    written.err += chunk
  })
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, ...written })))
}
