import { useState } from 'preact/hooks'
import { occ } from '../api.ts'
import { useLive } from '../live.ts'
import { hrefOf } from '../route.ts'
import { act } from '../ui/act.ts'
import { Field } from '../ui/field.tsx'

/** The apps with their switches; those of one's own with what they keep. */
export function Apps() {
  const { summary } = useLive()
  const [text, setText] = useState('')
  if (summary === null) return null
  const { enabled, disabled } = summary.apps
  const on = new Set(enabled)
  const shown = [...enabled, ...disabled].filter((id) => id.includes(text.toLowerCase())).toSorted()
  const own = new Map(summary.ownApps.map((app) => [app.id, app]))
  // What the switch says counts, not what was known of the app before: somebody may be quicker than the server.
  const flip = (id: string, isOn: boolean) => {
    const verb = isOn ? 'enable' : 'disable'
    return act(() => occ([`app:${verb}`, id]).then(refuseSilence(verb)), `${id} is ${verb}d.`)
  }
  return (
    <>
      <div class="toolbar">
        <Field label="Search apps" type="search" placeholder="Search apps" value={text} isBare onInput={setText} />
        <span class="dim">
          {enabled.length} of {enabled.length + disabled.length} enabled
        </span>
      </div>
      <ul class="switches">
        {shown.map((id) => {
          const app = own.get(id)
          return (
            <li key={id}>
              <label>
                <input
                  type="checkbox"
                  role="switch"
                  checked={on.has(id)}
                  aria-checked={on.has(id)}
                  onChange={({ currentTarget }) => flip(id, currentTarget.checked)}
                />{' '}
                {id}
              </label>
              {app && (
                <span class="dim" title={app.operations.join('\n')}>
                  your own, {app.version}: {app.operations.length} operations
                  {Object.entries(app.tables).map(([name, size]) => (
                    <a class="own-table" key={name} href={hrefOf(['world', 'tables', name])}>
                      {size.toLocaleString('en')} in {name}
                    </a>
                  ))}
                </span>
              )}
            </li>
          )
        })}
      </ul>
    </>
  )
}

/** A command that ends well may have done nothing, and says so. */
const refuseSilence = (verb: string) => (said: string) => {
  if (/can't be disabled|could not|not found/i.test(said)) throw new Error(`Failed to ${verb} it: ${said.trim()}`)
}
