import { useState } from 'preact/hooks'
import { occ } from '../api.ts'
import { useAnswer } from '../live.ts'
import type { TablePage } from '../types.ts'
import { act } from '../ui/act.ts'
import { Form } from '../ui/form.tsx'
import { Records, text } from './records.tsx'

/** The groups, and who is in them. */
export function Groups() {
  const [open, setOpen] = useState<{ readonly kind: 'add' | 'members'; readonly id: string } | null>(null)
  const close = () => setOpen(null)
  return (
    <>
      <Records
        table="groups"
        title="Groups"
        empty="There are no groups."
        columns={[
          ['Group', ({ record }) => <strong>{String(record.id)}</strong>],
          ['Name', text('displayName')],
        ]}
        add={
          <button type="button" class="primary" onClick={() => setOpen({ kind: 'add', id: '' })}>
            Add a group
          </button>
        }
        actions={({ record }) => (
          <>
            <button
              type="button"
              aria-label={`Members of ${record.id}`}
              onClick={() => setOpen({ kind: 'members', id: String(record.id) })}
            >
              Members …
            </button>
            <button
              type="button"
              aria-label={`Remove ${record.id}`}
              onClick={() => act(() => occ(['group:delete', String(record.id)]), `${record.id} is removed.`)}
            >
              Remove
            </button>
          </>
        )}
      />
      {open?.kind === 'add' && (
        <Form
          title="Add a group"
          action="Add it"
          fields={[{ name: 'id', label: 'Group', isRequired: true }]}
          submit={({ id = '' }) => occ(['group:add', id])}
          said={({ id }) => `${id} is there.`}
          onClose={close}
        />
      )}
      {open?.kind === 'members' && <Members id={open.id} onClose={close} />}
    </>
  )
}

const MOST_SHOWN = 50

function Members({ id, onClose }: { id: string; onClose(): void }) {
  const page = useAnswer<TablePage>(
    `/tables/members?${new URLSearchParams({ text: `"groupId":"${id}"`, limit: '1000' })}`,
  )
  const ids = page?.records.map(({ record }) => String(record.userId)) ?? []
  const more = (page?.found ?? 0) > MOST_SHOWN ? ` and ${(page!.found - MOST_SHOWN).toLocaleString('en')} more` : ''
  return (
    <Form
      title={`Members of ${id}`}
      action="Change it"
      note={ids.length === 0 ? 'Nobody is in it.' : `In it: ${ids.slice(0, MOST_SHOWN).join(', ')}${more}`}
      fields={[
        { name: 'account', label: 'Account', isRequired: true },
        { name: 'how', label: 'What happens', options: MEMBERSHIP },
      ]}
      submit={({ account = '', how = '' }) => occ([how, id, account])}
      said={({ account, how }) => `${account} is ${how === 'group:adduser' ? 'in' : 'no more in'} ${id}.`}
      onClose={onClose}
    />
  )
}

const MEMBERSHIP = [
  ['group:adduser', 'it comes in'],
  ['group:removeuser', 'it is taken out'],
] as const
