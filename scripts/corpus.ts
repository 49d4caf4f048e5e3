import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** Recordings of a real server, and the program that replays them against another one. */
export interface Corpus {
  /** Where all of it lies. */
  readonly folder: string
  readonly replayer: string
  readonly recordings: readonly string[]
  /** Sessions of another kind, with a program of their own that knows cookies and headers; `null`: they are not there. */
  readonly wide: { readonly replayer: string; readonly recordings: readonly string[] } | null
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
  const wide = {
    replayer: join(folder, 'replay-wide.mjs'),
    recording: join(folder, 'nextcloud-34.0.1', 'wide.json.gz'),
  }
  return {
    folder,
    replayer,
    recordings: names.map((name) => join(folder, 'nextcloud-34.0.1', `${name}.json`)),
    wide: existsSync(wide.recording) ? { replayer: wide.replayer, recordings: [wide.recording] } : null,
  }
}

/** Replay it against one of our servers, each session in the starting world; what the replayer printed. */
export function replay(
  { replayer, recordings }: Pick<Corpus, 'replayer' | 'recordings'>,
  url: string,
  options: readonly string[] = [],
): Promise<string> {
  return run([replayer, url, '--reset', 'POST /__admin/reset', ...options, ...recordings])
}

/** As {@link replay}, for the sessions of another kind, each step at the time when it was recorded. */
export function replayWide(
  { replayer, recordings }: NonNullable<Corpus['wide']>,
  url: string,
  options: readonly string[] = [],
): Promise<string> {
  return run([replayer, url, ...options, ...recordings])
}

function run(args: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  let text = ''
  child.stdout.on('data', (chunk) => {
    text += chunk
  })
  return new Promise((done) => child.on('close', () => done(text)))
}
