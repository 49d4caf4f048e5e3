import type { Io } from '../../src/cli/command.ts'

/** An {@link Io} that keeps what a command writes. */
export interface RecordedIo extends Io {
  readonly text: { out: string; err: string }
  /** Ask the command to end, as a signal does. */
  end(): void
}

export function recordedIo(parts: Partial<Pick<Io, 'env' | 'fetch'>> = {}): RecordedIo {
  const text = { out: '', err: '' }
  let end = () => {}
  const ended = new Promise<void>((resolve) => {
    end = resolve
  })
  const output = (name: 'out' | 'err') => ({
    isTerminal: false,
    write: (more: string) => {
      text[name] += more
    },
  })
  return { text, end: () => end(), ended, out: output('out'), err: output('err'), env: {}, ...parts }
}
