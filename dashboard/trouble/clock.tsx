import { useEffect, useState } from 'preact/hooks'
import { post } from '../api.ts'
import { live, useLive } from '../live.ts'
import { act } from '../ui/act.ts'
import { Card, Field } from '../ui/field.tsx'

const STEPS = [
  ['1m', '+ 1 min'],
  ['1h', '+ 1 h'],
  ['24h', '+ 1 day'],
  ['168h', '+ 1 week'],
] as const

const SECOND = 1000

/** The clock of the world: everything that has a moment follows it. */
export function Clock() {
  const { clock } = useLive()
  const [seen, setSeen] = useState({ clock, at: Date.now() })
  const [, setTick] = useState(0)
  const [moment, setMoment] = useState('')
  if (seen.clock !== clock) setSeen({ clock, at: Date.now() })
  useEffect(() => {
    const timer = setInterval(() => setTick((tick) => tick + 1), SECOND)
    return () => clearInterval(timer)
  }, [])
  if (clock === null) return null
  const now = clock.frozen ? clock.milliseconds : clock.milliseconds + (Date.now() - seen.at)
  const change = (body: object) => act(() => post('/clock', body).then(() => live.loadWorld()))
  return (
    <Card title="Clock" aside={clock.frozen && <span class="tag">frozen</span>}>
      <p class="big">
        <time>{new Date(now).toISOString().replace('T', ' ').slice(0, 19)}</time> <span class="dim">UTC</span>
      </p>
      <div class="row">
        {STEPS.map(([advance, name]) => (
          <button type="button" key={advance} onClick={() => change({ advance })}>
            {name}
          </button>
        ))}
        <button type="button" onClick={() => change(clock.frozen ? { unfreeze: true } : { freeze: true })}>
          {clock.frozen ? 'Let it run' : 'Freeze'}
        </button>
      </div>
      <div class="row">
        <button type="button" disabled={clock.due == null} onClick={() => change({ next: true })}>
          To what is due next
        </button>
        <span class="dim">
          {clock.due == null ? 'Nothing waits for its moment.' : clock.due.replace('T', ' ').slice(0, 19)}
        </span>
      </div>
      <form
        class="row"
        onSubmit={(event) => {
          event.preventDefault()
          void change({ set: moment })
        }}
      >
        <Field label="Set it to" placeholder="2026-12-24T18:00:00Z" value={moment} isRequired onInput={setMoment} />
        <button type="submit">Set</button>
      </form>
    </Card>
  )
}
