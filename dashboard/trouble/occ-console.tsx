import { useEffect, useRef, useState } from 'preact/hooks'
import { type OccResult, post } from '../api.ts'
import { act } from '../ui/act.ts'
import { Card } from '../ui/field.tsx'

interface Said {
  readonly id: number
  readonly line: string
  readonly result: OccResult
}

interface Known {
  readonly name: string
  readonly description: string
  readonly options: readonly string[]
}

const MOST_PROPOSED = 8

/** Commands of the product's own command line, with those that there are proposed and those that were run kept. */
export function OccConsole() {
  const [line, setLine] = useState('')
  const [said, setSaid] = useState<readonly Said[]>([])
  const [known, setKnown] = useState<readonly Known[]>([])
  /** How far back in what was run; -1: not at all. */
  const [back, setBack] = useState(-1)
  const foot = useRef<HTMLDivElement>(null)
  useEffect(() => {
    void loadKnown().then(setKnown)
  }, [])
  const count = said.length
  useEffect(() => {
    if (count > 0) foot.current?.scrollTo({ top: foot.current.scrollHeight })
  }, [count])

  const proposals = proposalsFor(line, known)
  const run = (event: Event) => {
    event.preventDefault()
    if (line.trim() === '') return
    void act(async () => {
      const result = await post<OccResult>('/occ', { args: line.trim(), stdin: '' })
      setSaid((before) => [...before, { id: before.length, line, result }])
      setLine('')
      setBack(-1)
    })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const to = event.key === 'ArrowUp' ? back + 1 : event.key === 'ArrowDown' ? back - 1 : null
    if (event.key === 'Tab' && !event.shiftKey && proposals.length > 0 && proposals[0] !== line.trim()) {
      event.preventDefault()
      setLine(`${commonStart(proposals)}${proposals.length === 1 ? ' ' : ''}`)
    } else if (to !== null && to < said.length && to >= -1) {
      event.preventDefault()
      setBack(to)
      setLine(to < 0 ? '' : said[said.length - 1 - to]!.line)
    }
  }
  return (
    <Card title="occ">
      {said.length > 0 && (
        <section class="console" ref={foot} aria-label="What commands said" aria-live="polite" tabIndex={-1}>
          {said.map(({ id, line: run, result }) => (
            <div key={id}>
              <div>
                <strong>$ occ {run}</strong>{' '}
                {result.exitCode !== 0 && <span class="bad">exit code {result.exitCode}</span>}
              </div>
              <pre>{result.stdout + result.stderr}</pre>
            </div>
          ))}
        </section>
      )}
      <form class="row" onSubmit={run}>
        <label class="field wide">
          <span>Command</span>
          <input
            value={line}
            placeholder="user:list"
            autocomplete="off"
            spellcheck={false}
            onInput={({ currentTarget }) => setLine(currentTarget.value)}
            onKeyDown={onKeyDown}
          />
        </label>
        <button type="submit" class="primary">
          Run
        </button>
      </form>
      <p class="dim proposals" aria-live="polite">
        {line === '' ? 'Tab completes, ↑ brings back what was run.' : proposals.slice(0, MOST_PROPOSED).join('  ')}
      </p>
      {line !== '' && <p class="dim">{known.find(({ name }) => name === line.trim().split(' ')[0])?.description}</p>}
    </Card>
  )
}

async function loadKnown(): Promise<Known[]> {
  try {
    const { stdout } = await post<OccResult>('/occ', { args: ['list', '--format=json'] })
    const { commands } = JSON.parse(stdout) as {
      readonly commands: readonly {
        readonly name: string
        readonly description: string
        readonly definition?: { readonly options?: Readonly<Record<string, { readonly name: string }>> }
      }[]
    }
    return commands.map(({ name, description, definition }) => ({
      name,
      description,
      options: Object.values(definition?.options ?? {}).map((option) => option.name),
    }))
  } catch {
    // A product without a console completes nothing.
    return []
  }
}

/** What a line could become: a command, or one of its options. */
function proposalsFor(line: string, known: readonly Known[]): string[] {
  const words = line.trimStart().split(/\s+/)
  const last = words.at(-1) ?? ''
  if (words.length === 1) return known.map(({ name }) => name).filter((name) => last !== '' && name.startsWith(last))
  const command = known.find(({ name }) => name === words[0])
  if (!last.startsWith('--')) return []
  const before = line.slice(0, line.length - last.length)
  return (command?.options ?? []).filter((option) => option.startsWith(last)).map((option) => before + option)
}

function commonStart(texts: readonly string[]): string {
  let start = texts[0] ?? ''
  for (const text of texts) while (!text.startsWith(start)) start = start.slice(0, -1)
  return start
}
