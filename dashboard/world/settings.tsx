import { useState } from 'preact/hooks'
import { occ } from '../api.ts'
import type { TableRow } from '../types.ts'
import { act } from '../ui/act.ts'
import { Form } from '../ui/form.tsx'
import { Records } from './records.tsx'

const held = ({ record }: TableRow): unknown =>
  typeof record === 'object' && record !== null && 'value' in record ? record.value : record

function written(row: TableRow): string {
  const value = held(row)
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** A setting that is to be changed; without a name: one that is not there yet. */
interface Chosen {
  readonly app: string
  readonly name: string
  readonly value: string
  /** What a setting of the system stays of. */
  readonly type?: string
}

const NEW: Chosen = { app: 'core', name: '', value: '' }

/** What `config:system:set` calls what a value is of. */
function typeOf(value: unknown): string {
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'double'
  return typeof value === 'object' ? 'json' : typeof value
}

/** Settings of apps and of the system, changed by the same commands as on a server. */
export function Settings() {
  const [chosen, setChosen] = useState<Chosen | null>(null)
  const actions = ({ app, name, value, type }: Chosen) => (
    <>
      <button
        type="button"
        aria-label={`Change ${app} ${name}`}
        onClick={() => setChosen({ app, name, value, ...(type && { type }) })}
      >
        Change
      </button>
      <button
        type="button"
        aria-label={`Delete ${app} ${name}`}
        onClick={() => act(() => occ(deletion(app, name)), `${app} ${name} is deleted.`)}
      >
        Delete
      </button>
    </>
  )
  return (
    <>
      <h3>Of apps</h3>
      <Records
        table="appConfig"
        title="Settings of apps"
        empty="There are none."
        columns={[
          ['Setting', ({ key }) => <strong class="break">{key}</strong>],
          ['Value', (row) => <code class="break">{written(row)}</code>],
        ]}
        add={
          <button type="button" class="primary" onClick={() => setChosen(NEW)}>
            Set one
          </button>
        }
        actions={(row) => actions({ ...splitKey(row.key), value: written(row) })}
      />
      <h3>Of the system (config.php)</h3>
      <Records
        table="systemConfig"
        title="Settings of the system"
        empty="There are none."
        columns={[
          ['Setting', ({ key }) => <strong class="break">{key}</strong>],
          ['Value', (row) => <code class="break">{written(row)}</code>],
        ]}
        actions={(row) => actions({ app: 'system', name: row.key, value: written(row), type: typeOf(held(row)) })}
      />
      {chosen && (
        <Form
          title="Set a setting"
          action="Set it"
          fields={[
            { name: 'app', label: 'App (or system)', isRequired: true, value: chosen.app },
            { name: 'name', label: 'Setting', isRequired: true, value: chosen.name },
            { name: 'value', label: 'Value', value: chosen.value },
          ]}
          submit={({ app = '', name = '', value = '' }) =>
            occ(setting({ app, name, value, ...(name === chosen.name && { type: chosen.type ?? '' }) }))
          }
          said={({ app, name }) => `${app} ${name} is set.`}
          onClose={() => setChosen(null)}
        />
      )}
    </>
  )
}

/** `app/name`, of which the name may have slashes of its own. */
function splitKey(key: string): { app: string; name: string } {
  const at = key.indexOf('/')
  return { app: key.slice(0, at), name: key.slice(at + 1) }
}

const setting = ({ app, name, value, type }: Chosen) =>
  app === 'system'
    ? ['config:system:set', name, `--value=${value}`, ...(type ? [`--type=${type}`] : [])]
    : ['config:app:set', app, name, `--value=${value}`]

const deletion = (app: string, name: string) =>
  app === 'system' ? ['config:system:delete', name] : ['config:app:delete', app, name]
