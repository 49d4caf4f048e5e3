import { useEffect, useRef, useState } from 'preact/hooks'
import { get } from '../api.ts'
import { useLive } from '../live.ts'
import type { JournalEntry } from '../types.ts'
import { copy } from '../ui/act.ts'
import { AnswerDifferently } from './answer-differently.tsx'
import { COPIES } from './copy-as.ts'
import { isRefused } from './filter.ts'
import { pretty } from './pretty.ts'

/** Everything about one request: why it was answered so comes first. */
export function RequestDetail({ id, onClose }: { id: string; onClose(): void }) {
  const { summary } = useLive()
  const [entry, setEntry] = useState<JournalEntry | string | null>(null)
  const [isAnswering, setAnswering] = useState(false)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    setEntry(null)
    get<JournalEntry>(`/requests/${id}`)
      .then(setEntry)
      .catch((error: Error) => setEntry(error.message))
  }, [id])
  if (entry === null) return <section class="detail" aria-label="Request" />
  if (typeof entry === 'string') {
    return (
      <section class="detail" aria-label="Request">
        <p>{entry}</p>
        <button type="button" onClick={onClose}>
          Close
        </button>
      </section>
    )
  }
  return (
    <section class="detail" aria-labelledby="request-title" tabIndex={-1}>
      <div class="card-head">
        <h2 id="request-title" ref={heading} tabIndex={-1}>
          <span class={`status ${isRefused(entry) ? 'bad' : 'good'}`}>{entry.status || 'dropped'}</span> {entry.method}{' '}
          <span class="break">{entry.path}</span>
        </h2>
        <button type="button" aria-label="Close the request" onClick={onClose}>
          ✕
        </button>
      </div>
      <p class={`why ${isRefused(entry) ? 'bad' : ''}`}>
        <strong>Why: {entry.why.code}</strong>
        <br />
        {entry.why.sentence}
      </p>
      <Facts entry={entry} />
      <div class="row">
        <button type="button" class="primary" onClick={() => setAnswering(true)}>
          Answer differently …
        </button>
        {COPIES.map(([name, write]) => (
          <button
            type="button"
            key={name}
            onClick={() => copy(write(entry, summary?.profile ?? 'nextcloud-34'), `the ${name}`)}
          >
            Copy as {name}
          </button>
        ))}
      </div>
      <Part title="Answer" headers={entry.answer.headers} body={entry.answer.body} size={entry.answer.bodySize} />
      <Part title="Request" headers={entry.headers} body={entry.body} size={entry.bodySize} />
      <h3>Changed in the world</h3>
      {entry.changes.length === 0 ? (
        <p class="dim">Nothing.</p>
      ) : (
        <ul class="plain">
          {entry.changes.map(({ type, ...details }) => (
            <li key={JSON.stringify([type, details])}>
              <strong>{type}</strong> <code>{JSON.stringify(details)}</code>
            </li>
          ))}
        </ul>
      )}
      {isAnswering && <AnswerDifferently entry={entry} onClose={() => setAnswering(false)} />}
    </section>
  )
}

function Facts({ entry }: { entry: JournalEntry }) {
  const { ocs, query, actor, operation, duration, at, fault, world } = entry
  const facts: readonly (readonly [name: string, value: string])[] = [
    ['Envelope', ocs === null ? 'none' : `${ocs.status} ${ocs.message}`],
    ['Account', actor ?? 'nobody'],
    ['Operation', operation ?? 'none'],
    ['Took', `${duration} ms`],
    ['At', `${new Date(at).toISOString().replace('T', ' ').slice(0, 23)} by the world’s clock`],
    ...(query === '' ? [] : [['Query', query] as const]),
    ...(fault === undefined ? [] : [['Fault', fault] as const]),
    ...(world === null ? [] : [['World', world] as const]),
  ]
  return (
    <dl class="facts">
      {facts.map(([name, value]) => (
        <div key={name} class={value.length > LONG ? 'long' : ''}>
          <dt>{name}</dt>
          <dd class="break">{value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** Characters that fit into a fact's column, on two lines. */
const LONG = 50

interface PartProps {
  readonly title: string
  readonly headers: JournalEntry['headers']
  readonly body: string | null
  readonly size: number
}

function Part({ title, headers, body, size }: PartProps) {
  const note = body === null ? (size === 0 ? 'No body.' : `${size} bytes that are no text.`) : `${size} bytes`
  return (
    <>
      <h3>
        {title} <span class="dim">{note}</span>
      </h3>
      <details>
        <summary>{Object.keys(headers).length} headers</summary>
        <dl class="headers">
          {Object.entries(headers).map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd class="break">{value}</dd>
            </div>
          ))}
        </dl>
      </details>
      {body !== null && (
        // A long body scrolls, which keys can do only where it can have the focus.
        <section aria-label={`Body of the ${title.toLowerCase()}`} class="body" tabIndex={-1}>
          <pre>{pretty(body)}</pre>
        </section>
      )}
    </>
  )
}
