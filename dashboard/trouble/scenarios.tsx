import { useState } from 'preact/hooks'
import { post } from '../api.ts'
import { useAnswer, useLive } from '../live.ts'
import type { ScenarioState } from '../types.ts'
import { act } from '../ui/act.ts'
import { Card, Choice } from '../ui/field.tsx'

type Running = Extract<ScenarioState, { readonly name: string }>
type Step = Running['steps'][number]

interface Listed {
  readonly scenarios: readonly { readonly name: string; readonly description: string }[]
}

const MARKS: Readonly<Record<Step['status'], string>> = {
  done: '✓',
  failed: '✗',
  next: '▸',
  repeating: '↻',
  later: '·',
}

/** What changes the world by a script: each step with what it does, what it waits for, and how it went. */
export function Scenarios() {
  const { scenario } = useLive()
  const listed = useAnswer<Listed>('/scenarios')
  const [chosen, setChosen] = useState<string | null>(null)
  const scenarios = listed?.scenarios ?? []
  const name = chosen ?? (scenario.status === 'none' ? scenarios[0]?.name : scenario.name) ?? ''
  const command = (which: string, verb: string) => act(() => post(`/scenarios/${encodeURIComponent(which)}/${verb}`))
  const isShown = scenario.status !== 'none' && scenario.status !== 'stopped'
  return (
    <Card title="Scenario">
      <div class="row">
        <Choice
          label="Which scenario"
          value={name}
          options={scenarios.map((one) => [one.name, one.name] as const)}
          isBare
          onChange={setChosen}
        />
        <button type="button" class="primary" disabled={name === ''} onClick={() => command(name, 'start')}>
          Start
        </button>
      </div>
      <p class="dim">{scenarios.find((one) => one.name === name)?.description}</p>
      {isShown ? (
        <Played
          scenario={scenario}
          onAdvance={() => command(scenario.name, 'advance')}
          onStop={() => command(scenario.name, 'stop')}
        />
      ) : (
        <p class="dim">None is played. Start one, and watch its steps here.</p>
      )}
    </Card>
  )
}

function Played({ scenario, onAdvance, onStop }: { scenario: Running; onAdvance(): void; onStop(): void }) {
  const { name, status, steps } = scenario
  // What a step says itself is not said twice.
  const problems = scenario.problems.filter((all) => !steps.some(({ problem }) => problem && all.includes(problem)))
  const written = useAnswer<{ readonly scenario: { readonly steps: readonly object[] } }>(
    `/scenarios/${encodeURIComponent(name)}`,
  )
  return (
    <>
      <div class="row">
        <strong>{name}</strong> <span class={`tag ${status === 'failed' ? 'bad' : ''}`}>{status}</span>
        <button type="button" disabled={status !== 'running'} onClick={onAdvance}>
          Next step
        </button>
        <button type="button" onClick={onStop}>
          Stop
        </button>
      </div>
      <ol class="steps">
        {steps.map((step, i) => (
          <li key={`${i} ${step.when}`} class={step.status} aria-current={step.status === 'next' ? 'step' : undefined}>
            <span aria-hidden="true">{MARKS[step.status]}</span> <span class="unseen">{step.status}:</span>{' '}
            <strong>{step.name ?? `step ${i + 1}`}</strong>
            <div class="dim">
              {step.status === 'next' && status === 'running' ? 'waits: ' : ''}
              {step.when}
            </div>
            {commandOf(written?.scenario.steps[i], step.does).map((line) => (
              <code class="break block" key={line}>
                {line}
              </code>
            ))}
            {step.problem !== undefined && <p class="bad break">{step.problem}</p>}
          </li>
        ))}
      </ol>
      {problems.length > 0 && (
        <ul class={status === 'running' ? 'dim' : 'bad'} aria-label="What did not come">
          {problems.map((problem) => (
            <li key={problem} class="break">
              {status === 'running' ? 'so far: ' : ''}
              {problem}
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

/** What a step does, as it is written. */
function commandOf(step: object | undefined, does: readonly string[]): string[] {
  const members = Object.entries(step ?? {}).filter(([name]) => does.includes(name))
  return members.map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
}
