import { useState } from 'preact/hooks'
import { call, post } from '../api.ts'
import type { JournalEntry } from '../types.ts'
import { act } from '../ui/act.ts'
import { Dialog } from '../ui/dialog.tsx'
import { Choice, Field, Text } from '../ui/field.tsx'
import { dataOf } from './copy-as.ts'

const KINDS = [
  ['replace', 'other data, in an envelope'],
  ['patch', 'these data changed (merge patch)'],
  ['fail', 'a failure with this OCS status'],
  ['answer', 'this status and body, as they are'],
  ['drop', 'nothing: the connection breaks'],
] as const

/** Asks what a request is to be answered from now on, and makes a fault of it. */
export function AnswerDifferently({ entry, onClose }: { entry: JournalEntry; onClose(): void }) {
  const isOperation = entry.operation !== null && entry.ocs !== null
  const kinds = KINDS.filter(([kind]) => isOperation || (kind !== 'replace' && kind !== 'patch'))
  const [kind, setKind] = useState<string>(kinds[0]![0])
  const [status, setStatus] = useState(String(entry.ocs?.status ?? entry.status))
  const [data, setData] = useState(JSON.stringify(dataOf(entry) ?? {}, null, 2))
  const [isOnce, setOnce] = useState(false)
  const name = `answer to ${entry.operation ?? entry.path}`

  const send = () =>
    act(
      () => post('/faults', { name, ...(isOnce ? { times: 1 } : {}), ...effectOf(entry, kind, Number(status), data) }),
      `From now on ${entry.operation ?? entry.path} is answered differently.`,
      () => call<void>('DELETE', `/faults/${encodeURIComponent(name)}`),
    )
  return (
    <Dialog title="Answer differently from now on" action="Answer so" onDone={send} onClose={onClose}>
      <Choice label="What it answers" value={kind} options={kinds} onChange={setKind} />
      {kind !== 'drop' && kind !== 'patch' && <Field label="Status" value={status} type="number" onInput={setStatus} />}
      {kind !== 'drop' && kind !== 'fail' && (
        <Text label={kind === 'answer' ? 'Body' : 'Data, as JSON'} value={data} onInput={setData} />
      )}
      <label>
        <input type="checkbox" checked={isOnce} onChange={({ currentTarget }) => setOnce(currentTarget.checked)} /> only
        the next request
      </label>
    </Dialog>
  )
}

function effectOf({ operation, method, path }: JournalEntry, kind: string, status: number, data: string): object {
  const on = operation === null ? { method, path } : { operation }
  switch (kind) {
    case 'replace':
      return { replace: { operation, status, data: JSON.parse(data) as unknown } }
    case 'patch':
      return { patch: { operation, data: JSON.parse(data) as unknown } }
    case 'fail':
      return { on, fail: { status } }
    case 'answer':
      return { on, answer: { status, body: data } }
    default:
      return { on, drop: 'request' }
  }
}
