import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** One line of the report: a figure, and what it should be. */
export interface Figure {
  readonly name: string
  readonly value: string
  /** `null`: a figure without a goal. */
  readonly goal: string | null
  readonly met: boolean
}

export interface Goal {
  readonly atLeast?: number
  readonly atMost?: number
}

/** A ratio to its peer in the same run, with the spread of its rounds. */
export function ratioFigure(name: string, ratios: readonly number[], { atLeast, atMost }: Goal): Figure {
  const middle = median(ratios)
  const value = `${middle.toFixed(2)} (${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)})`
  const goal = atLeast === undefined ? `at most ${atMost}` : `at least ${atLeast}`
  return { name, value, goal, met: atLeast === undefined ? middle <= atMost! : middle >= atLeast }
}

/** A figure that is the same on every machine. */
export function limitFigure(name: string, value: number, atMost: number, unit: string): Figure {
  return { name, value: `${Math.round(value)} ${unit}`, goal: `at most ${atMost}`, met: value <= atMost }
}

export function plainFigure(name: string, value: string): Figure {
  return { name, value, goal: null, met: true }
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

export const AUTHORIZED = { Authorization: `Basic ${btoa('admin:admin')}`, 'OCS-APIRequest': 'true' }
export const CAPABILITIES = '/ocs/v2.php/cloud/capabilities?format=json'

/** A file of `bench/processes/`. */
export const processFile = (name: string) => fileURLToPath(new URL(`processes/${name}`, import.meta.url))

export interface Usage {
  readonly microseconds: number
  readonly heap: number
  readonly rss: number
}

export interface Server {
  readonly url: string
  /** CPU microseconds of its process so far, and bytes that it has now. */
  usage(): Promise<Usage>
  stop(): Promise<void>
}

/**
 * A server in a process of its own, once it has said where it listens.
 * @param flags for Node itself
 */
export async function startServer(
  file: string,
  args: readonly string[] = [],
  flags: readonly string[] = [],
): Promise<Server> {
  const command = [...flags, processFile(file), ...args]
  const child = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] })
  return {
    url: await firstLine(child),
    usage: () =>
      new Promise((resolve) => {
        child.once('message', (message) => resolve(message as Usage))
        child.send('usage')
      }),
    stop: () => stop(child),
  }
}

export function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    child.stdout!.on('data', (chunk) => {
      text += chunk
      const line = /^(.*)\n/.exec(text)
      if (line) resolve(line[1]!)
    })
    child.once('close', (code) => reject(new Error(`${child.spawnargs.join(' ')} ended with ${code}.`)))
  })
}

export function stop(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('close', () => resolve())
    child.kill()
  })
}

/** Run a file to its end; what it printed. */
export function runProcess(file: string, args: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, [...args.slice(1), processFile(file), args[0] ?? ''], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let text = ''
  child.stdout.on('data', (chunk) => {
    text += chunk
  })
  return new Promise((resolve, reject) =>
    child.once('close', (code) => (code === 0 ? resolve(text) : reject(new Error(`${file} ended with ${code}.`)))),
  )
}
