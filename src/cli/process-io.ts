import type { Input, Io, Output } from './command.ts'

/**
 * This process as commands see it. Asked to end a second time, it ends at once. Its streams are opened when they are
 * used, which most commands do with one of them.
 */
export function processIo(): Io {
  return {
    in: input(() => process.stdin),
    out: output(() => process.stdout),
    err: output(() => process.stderr),
    env: process.env,
    ended: new Promise((resolve) => {
      for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, resolve)
    }),
  }
}

function output(open: () => NodeJS.WriteStream): Output {
  let opened: NodeJS.WriteStream | undefined
  const stream = () => {
    // A reader that went away (`ocs-mock … | head`) is no error of ours.
    opened ??= open().on('error', () => {})
    return opened
  }
  return {
    get isTerminal() {
      return stream().isTTY === true
    },
    get columns() {
      return stream().columns
    },
    write: (text) => stream().write(text),
  }
}

function input(open: () => NodeJS.ReadStream): Input {
  return {
    get isTerminal() {
      return open().isTTY === true
    },
    readLine: (hidden) => (hidden ? readHidden(open()) : readVisible(open())),
    async readAll() {
      const chunks: Buffer[] = []
      for await (const chunk of open() as AsyncIterable<Buffer>) chunks.push(chunk)
      return Buffer.concat(chunks).toString('utf8')
    },
  }
}

async function readVisible(stream: NodeJS.ReadStream): Promise<string> {
  const { createInterface } = await import('node:readline')
  const lines = createInterface({ input: stream, terminal: false })
  return new Promise((resolve) => {
    lines.once('line', (line) => {
      lines.close()
      resolve(line)
    })
    lines.once('close', () => resolve(''))
  })
}

const INTERRUPT = '\u0003'
const END = '\u0004'
const BACKSPACE = '\u007f'
/** What shells report for a process that an interrupt ended. */
const INTERRUPTED = 130

/** Without an echo: the terminal hands over each key, and nothing shows. */
function readHidden(stream: NodeJS.ReadStream): Promise<string> {
  stream.setRawMode(true)
  stream.resume()
  return new Promise((resolve) => {
    let line = ''
    const onKeys = (keys: Buffer) => {
      for (const key of keys.toString('utf8')) {
        if (key === INTERRUPT) {
          stream.setRawMode(false)
          process.exit(INTERRUPTED)
        }
        if (key === '\r' || key === '\n' || key === END) {
          stream.off('data', onKeys)
          stream.setRawMode(false)
          stream.pause()
          resolve(line)
          return
        }
        line = key === BACKSPACE ? line.slice(0, -1) : line + key
      }
    }
    stream.on('data', onKeys)
  })
}
