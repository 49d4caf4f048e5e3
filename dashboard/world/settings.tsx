import { useState } from 'preact/hooks'
import { occ } from '../api.ts'
import type { TableRow } from '../types.ts'
import { act } from '../ui/act.ts'
import { Dialog } from '../ui/dialog.tsx'
import { Field } from '../ui/field.tsx'
import { Records } from './records.tsx'

const shownValue = ({ record }: TableRow) => {
  const value = typeof record === 'object' && record !== null && 'value' in record ? record.value : record
  return <code class="break">{typeof value === 'string' ? value : JSON.stringify(value)}</code>
}

/** Settings of apps and of the system, changed by the same commands as on a server. */
export function Settings() {
  const [isSetting, setSetting] = useState(false)
  const [app, setApp] = useState('core')
  const [name, setName] = useState('')
  const [value, setValue] = useState('')
  const save = () =>
    act(
      () =>
        occ(
          app === 'system'
            ? ['config:system:set', name, `--value=${value}`]
            : ['config:app:set', app, name, `--value=${value}`],
        ),
      `${app} ${name} is set.`,
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
          ['Value', shownValue],
        ]}
        add={
          <button type="button" class="primary" onClick={() => setSetting(true)}>
            Set one
          </button>
        }
      />
      <h3>Of the system (config.php)</h3>
      <Records
        table="systemConfig"
        title="Settings of the system"
        empty="There are none."
        columns={[
          ['Setting', ({ key }) => <strong class="break">{key}</strong>],
          ['Value', shownValue],
        ]}
      />
      {isSetting && (
        <Dialog title="Set a setting" action="Set it" onDone={save} onClose={() => setSetting(false)}>
          <Field label="App (or system)" value={app} isRequired onInput={setApp} />
          <Field label="Setting" value={name} isRequired onInput={setName} />
          <Field label="Value" value={value} onInput={setValue} />
        </Dialog>
      )}
    </>
  )
}
