import type { Io } from './command.ts'

/** This process as commands see it. Asked to end a second time, it ends at once. */
export function processIo(): Io {
  // A reader that went away (`ocs-mock … | head`) is no error of ours.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
  return {
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
    isTerminal: process.stdout.isTTY === true,
    ended: new Promise((resolve) => {
      for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, resolve)
    }),
  }
}
