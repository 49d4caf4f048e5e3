import type { Input, Io } from '#cli/command.ts'

/** An {@link Io} that keeps what a command writes. */
export interface RecordedIo extends Io {
  readonly text: { out: string; err: string }
  /** Ask the command to end, as a signal does. */
  end(): void
}

/** Standard input at its end, as in a job that nobody watches. */
export const noInput: Input = { isTerminal: false, readLine: async () => '', readAll: async () => '' }

/** A person at a terminal who types these lines one after the other. */
export function typedInput(...lines: string[]): Input {
  return { isTerminal: true, readLine: async () => lines.shift() ?? '', readAll: async () => lines.join('\n') }
}

/** @param parts what is not the default: no input, an empty environment, no terminal */
export function recordedIo(parts: Partial<Pick<Io, 'env' | 'fetch' | 'in'>> = {}): RecordedIo {
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
  return { text, end: () => end(), ended, in: noInput, out: output('out'), err: output('err'), env: {}, ...parts }
}
