import type { Io, Output } from './command.ts'

/** This process as commands see it. Asked to end a second time, it ends at once. */
export function processIo(): Io {
  return {
    out: output(process.stdout),
    err: output(process.stderr),
    env: process.env,
    ended: new Promise((resolve) => {
      for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, resolve)
    }),
  }
}

function output(stream: NodeJS.WriteStream): Output {
  // A reader that went away (`ocs-mock … | head`) is no error of ours.
  stream.on('error', () => {})
  return {
    isTerminal: stream.isTTY === true,
    get columns() {
      return stream.columns
    },
    write: (text) => stream.write(text),
  }
}
