import { useState } from 'preact/hooks'
import { call, post } from '../api.ts'
import { useAnswer, useLive } from '../live.ts'
import { act } from '../ui/act.ts'
import { Dialog } from '../ui/dialog.tsx'
import { Card, Choice, Field, Text } from '../ui/field.tsx'

/** What often goes wrong, to begin with. */
const COMMON = [
  ['slow answers', '{"latency":"500ms","jitter":"500ms"}'],
  ['lost requests (30 %)', '{"drop":"request","chance":0.3}'],
  ['server errors', '{"fail":{"status":996,"message":"Internal Server Error"}}'],
  ['malformed bodies', '{"body":"malformed"}'],
  ['five requests a minute', '{"rateLimit":{"limit":5,"per":"1m"}}'],
  ['maintenance', '{"maintenance":true}'],
] as const

/** What goes wrong on the way of requests. */
export function Faults() {
  const { faults } = useLive()
  const [chosen, setChosen] = useState<string>(COMMON[0][0])
  const [isWriting, setWriting] = useState(false)
  const add = () => act(() => post('/faults', JSON.parse(COMMON.find(([name]) => name === chosen)![1])))
  return (
    <Card
      title="Faults"
      aside={
        <button
          type="button"
          disabled={faults.length === 0}
          onClick={() => act(() => call('DELETE', '/faults'), 'All faults are over.')}
        >
          End all
        </button>
      }
    >
      <div class="row">
        <Choice
          label="Which fault"
          value={chosen}
          options={COMMON.map(([name]) => [name, name] as const)}
          isBare
          onChange={setChosen}
        />
        <button type="button" class="primary" onClick={add}>
          Add
        </button>
        <button type="button" onClick={() => setWriting(true)}>
          Write one …
        </button>
      </div>
      {faults.length === 0 && <p class="dim">Nothing goes wrong. Add a fault, and see what your client makes of it.</p>}
      <ul class="plain" aria-label="Faults">
        {faults.map(({ name, fault: { name: _, ...rest }, applied, matched }) => (
          <li key={name}>
            <div class="row">
              <strong class="break">{name}</strong>
              <span class="dim">
                applied {applied} times, matched {matched}
              </span>
              <button
                type="button"
                aria-label={`End ${name}`}
                onClick={() => act(() => call('DELETE', `/faults/${encodeURIComponent(name)}`))}
              >
                End
              </button>
            </div>
            <code class="break">{JSON.stringify(rest)}</code>
          </li>
        ))}
      </ul>
      {isWriting && <WriteFault onClose={() => setWriting(false)} />}
    </Card>
  )
}

interface Operations {
  readonly operations: readonly { readonly id: string }[]
}

/** The members of a fault that are texts or numbers, each with its label and an example. */
const MEMBERS = [
  ['name', 'Name', 'flaky'],
  ['times', 'Times', '3'],
  ['skip', 'Skip', '1'],
  ['chance', 'Chance', '0.5'],
  ['latency', 'Latency', '2s'],
  ['jitter', 'Jitter', '500ms'],
] as const

const EFFECTS = [
  ['', 'nothing but waiting'],
  ['fail', 'fail: {"status": 503, "message": "…"}'],
  ['answer', 'answer: {"status": 502, "body": "…"}'],
  ['drop', 'drop: "request" or "answer"'],
  ['body', 'body: "malformed" or "truncated"'],
  ['rateLimit', 'rateLimit: {"limit": 5, "per": "1m"}'],
  ['maintenance', 'maintenance: true'],
  ['replace', 'replace: {"operation": "…", "data": {}}'],
  ['patch', 'patch: {"operation": "…", "data": {}}'],
] as const

const EXAMPLES: Readonly<Record<string, string>> = {
  fail: '{"status": 503, "message": ""}',
  answer: '{"status": 502, "body": "<h1>Bad Gateway</h1>"}',
  drop: '"request"',
  body: '"malformed"',
  rateLimit: '{"limit": 5, "per": "1m"}',
  maintenance: 'true',
  replace: '{"operation": "", "status": 200, "data": {}}',
  patch: '{"operation": "", "data": {}}',
}

function WriteFault({ onClose }: { onClose(): void }) {
  const [members, setMembers] = useState<Readonly<Record<string, string>>>({})
  const [method, setMethod] = useState('')
  const [path, setPath] = useState('')
  const [operation, setOperation] = useState('')
  const [effect, setEffect] = useState('fail')
  const [given, setGiven] = useState(EXAMPLES.fail!)
  const listed = useAnswer<Operations>('/operations')
  const add = () =>
    act(() => {
      const on = Object.fromEntries(Object.entries({ method, path, operation }).filter(([, value]) => value !== ''))
      const said = Object.entries(members).filter(([, value]) => value !== '')
      const plain = Object.fromEntries(
        said.map(([name, value]) => [name, /^[\d.]+$/.test(value) ? Number(value) : value]),
      )
      const fault = {
        ...plain,
        ...(Object.keys(on).length > 0 ? { on } : {}),
        ...(effect === '' ? {} : { [effect]: JSON.parse(given) }),
      }
      return post('/faults', fault)
    })
  return (
    <Dialog title="Write a fault" action="Add it" onDone={add} onClose={onClose}>
      <fieldset>
        <legend>Of which requests (empty: all)</legend>
        <Field label="Method" placeholder="PUT" value={method} onInput={setMethod} />
        <Field label="Path" placeholder="/ocs/v2.php/cloud/**" value={path} onInput={setPath} />
        <Field
          label="Operation"
          value={operation}
          list={listed?.operations.map(({ id }) => id) ?? []}
          onInput={setOperation}
        />
      </fieldset>
      <fieldset>
        <legend>What happens</legend>
        <Choice
          label="Effect"
          value={effect}
          options={EFFECTS}
          onChange={(value) => {
            setEffect(value)
            setGiven(EXAMPLES[value] ?? '')
          }}
        />
        {effect !== '' && <Text label="How, as JSON" value={given} onInput={setGiven} />}
      </fieldset>
      <fieldset>
        <legend>When, and how long</legend>
        {MEMBERS.map(([name, label, example]) => (
          <Field
            key={name}
            label={label}
            placeholder={example}
            value={members[name] ?? ''}
            onInput={(value) => setMembers({ ...members, [name]: value })}
          />
        ))}
      </fieldset>
    </Dialog>
  )
}
