import { useState } from 'preact/hooks'
import { call, get, post } from '../api.ts'
import { useAnswer } from '../live.ts'
import { act } from '../ui/act.ts'
import { Choice, Field } from '../ui/field.tsx'

interface Change {
  readonly table: string
  readonly key: string
  readonly change: 'added' | 'removed' | 'changed'
  readonly members?: Readonly<Record<string, readonly [unknown, unknown]>>
}

interface Changes {
  readonly changes: readonly Change[]
  readonly count: number
}

/** States of the world to come back to, and what is between two of them. */
export function Snapshots() {
  const [turn, setTurn] = useState(0)
  const [name, setName] = useState('')
  const answer = useAnswer<{ readonly snapshots: readonly { readonly name: string; readonly takenAt: string }[] }>(
    `/snapshots?turn=${turn}`,
  )
  const snapshots = answer?.snapshots ?? []
  const changed = (work: () => unknown, said: string, undo?: () => Promise<void>) =>
    act(work, said, undo).then(() => setTurn((one) => one + 1))
  return (
    <>
      <div class="toolbar">
        <Field label="Name of the snapshot" placeholder="before the test" value={name} onInput={setName} />
        <button
          type="button"
          class="primary"
          onClick={() => changed(() => post('/snapshots', name === '' ? {} : { name }), 'The snapshot is taken.')}
        >
          Take a snapshot
        </button>
      </div>
      {snapshots.length === 0 ? (
        <div class="empty">
          <p>No snapshots. Take one, do what you like to the world, and come back.</p>
        </div>
      ) : (
        <ul class="plain" aria-label="Snapshots">
          {snapshots.map((snapshot) => (
            <li key={snapshot.name} class="row">
              <strong>{snapshot.name}</strong> <span class="dim">taken at {snapshot.takenAt.slice(11, 19)}</span>
              <button
                type="button"
                aria-label={`Go back to ${snapshot.name}`}
                onClick={() =>
                  changed(
                    () =>
                      post(`/snapshots/before-going-back`).then(() =>
                        post(`/snapshots/${encodeURIComponent(snapshot.name)}/restore`),
                      ),
                    `The world is as it was at “${snapshot.name}”.`,
                    () => post('/snapshots/before-going-back/restore'),
                  )
                }
              >
                Go back
              </button>
              <button
                type="button"
                aria-label={`Forget ${snapshot.name}`}
                onClick={() =>
                  changed(
                    () => call('DELETE', `/snapshots/${encodeURIComponent(snapshot.name)}`),
                    'The snapshot is forgotten.',
                  )
                }
              >
                Forget
              </button>
            </li>
          ))}
        </ul>
      )}
      {snapshots.length > 0 && <Compare names={snapshots.map((snapshot) => snapshot.name)} />}
    </>
  )
}

const NOW = ''

function Compare({ names }: { names: readonly string[] }) {
  const [from, setFrom] = useState(names[0]!)
  const [to, setTo] = useState(NOW)
  const [found, setFound] = useState<Changes | null>(null)
  const compare = () =>
    act(async () =>
      setFound(
        await get<Changes>(
          `/snapshots/${encodeURIComponent(from)}/changes${to === NOW ? '' : `?to=${encodeURIComponent(to)}`}`,
        ),
      ),
    )
  const options = names.map((one) => [one, one] as const)
  return (
    <section aria-label="Compare">
      <h3>Compare</h3>
      <div class="row">
        <Choice label="From" value={from} options={options} onChange={setFrom} />
        <Choice label="To" value={to} options={[[NOW, 'the world now'], ...options]} onChange={setTo} />
        <button type="button" onClick={compare}>
          Compare
        </button>
      </div>
      {found && (
        <>
          <p class="found" aria-live="polite">
            {found.count === 0
              ? 'They are the same.'
              : `${found.count.toLocaleString('en')} ${found.count === 1 ? 'record differs' : 'records differ'}.`}
          </p>
          <ul class="plain changes">
            {found.changes.map(({ table, key, change, members = {} }) => (
              <li key={`${table} ${key}`}>
                <span class={`mark ${change}`}>{change}</span> <strong>{table}</strong> {key}
                {Object.entries(members).map(([member, [before, after]]) => (
                  <div key={member} class="break">
                    <code>
                      {member}: {JSON.stringify(before)} → {JSON.stringify(after)}
                    </code>
                  </div>
                ))}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}
