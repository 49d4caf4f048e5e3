import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** Recordings of a real server, and the program that replays them against another one. */
export interface Corpus {
  readonly replayer: string
  readonly recordings: readonly string[]
}

/** The corpus in $OCS_MOCK_CORPUS or ../shared/corpus; without one, this process says so and ends. */
export function findCorpus(): Corpus {
  const folder = resolve(process.env.OCS_MOCK_CORPUS ?? '../shared/corpus')
  const replayer = join(folder, 'replay.mjs')
  if (!existsSync(replayer)) {
    console.log(`No corpus in ${folder}: nothing was replayed. Set OCS_MOCK_CORPUS to where it is.`)
    process.exit(0)
  }
  const names = ['written', 'sweep', 'random']
  return { replayer, recordings: names.map((name) => join(folder, 'nextcloud-34.0.1', `${name}.json`)) }
}

/** Replay it against one of our servers, each session in the starting world; what the replayer printed. */
export function replay(
  { replayer, recordings }: Corpus,
  url: string,
  options: readonly string[] = [],
): Promise<string> {
  const args = [replayer, url, '--reset', 'POST /__admin/reset', ...options, ...recordings]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  let text = ''
  child.stdout.on('data', (chunk) => {
    text += chunk
  })
  return new Promise((done) => child.on('close', () => done(text)))
}
