import { spawn, spawnSync } from 'node:child_process'
import { afterEach, beforeEach } from 'vitest'
import type { RunningServer } from '../../../src/adapters/node-server.ts'
import { type ProxiedExchange, startProxy } from '../../../src/verify/proxy/proxy.ts'
import type { OpenServer } from './servers.ts'

/** Whether a command line of others is there; where it is not, the tests say so. */
export function isInstalled(command: string): boolean {
  const isThere = spawnSync(command, ['--version']).error === undefined
  if (!isThere) console.warn(`${command} is not installed here: what it does is not tried.`)
  return isThere
}

/** A server with a proxy in front of it, at one address for a whole test, and what it was asked since `forget()`. */
export function useWatched(server: Pick<OpenServer, 'url'>) {
  let asked: string[] = []
  let proxy: RunningServer | undefined
  beforeEach(async () => {
    asked = []
    const onExchange = ({ status, method, target }: ProxiedExchange) =>
      asked.push(`${status} ${method} ${target.split('?')[0]}`)
    proxy = await startProxy({ origin: server.url, onExchange })
  })
  afterEach(() => proxy?.close())
  return {
    get url() {
      return proxy!.url
    },
    asked: (): readonly string[] => asked,
    forget: () => {
      asked = []
    },
  }
}

/** What a command line did: its exit code and all that it wrote. */
export interface CommandRun {
  readonly code: number | null
  readonly text: string
}

/** Run a command line to its end. */
export async function runCommand(
  command: string,
  args: readonly string[],
  { home, input = '' }: { readonly home: string; readonly input?: string },
): Promise<CommandRun> {
  const child = spawn(command, args, { cwd: home, env: { ...process.env, HOME: home } })
  let text = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      text += chunk.toString()
    })
  }
  child.stdin.on('error', () => {})
  child.stdin.end(input)
  const code = await new Promise<number | null>((done) => child.on('close', done))
  return { code, text }
}
