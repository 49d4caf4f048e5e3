import { useState } from 'preact/hooks'
import { occ } from '../api.ts'
import type { TableRow } from '../types.ts'
import { act } from '../ui/act.ts'
import { Dialog } from '../ui/dialog.tsx'
import { Field } from '../ui/field.tsx'
import { Form } from '../ui/form.tsx'
import { Records, text } from './records.tsx'

/** The accounts, by the rules of the administrator's command line. */
export function Accounts() {
  const [open, setOpen] = useState<
    { readonly kind: 'edit' | 'remove'; readonly row: TableRow } | { readonly kind: 'add' } | null
  >(null)
  const close = () => setOpen(null)
  return (
    <>
      <Records
        table="users"
        title="Accounts"
        empty="There are no accounts."
        columns={[
          ['Account', ({ record }) => <strong>{String(record.id)}</strong>],
          ['Name', text('displayName')],
          ['E-mail', text('email')],
          ['Quota', text('quota')],
          ['State', ({ record }) => (record.enabled ? 'enabled' : <span class="bad">disabled</span>)],
        ]}
        add={
          <button type="button" class="primary" onClick={() => setOpen({ kind: 'add' })}>
            Add an account
          </button>
        }
        actions={(row) => (
          <AccountActions
            row={row}
            onEdit={() => setOpen({ kind: 'edit', row })}
            onRemove={() => setOpen({ kind: 'remove', row })}
          />
        )}
      />
      {open?.kind === 'add' && <AddAccount onClose={close} />}
      {open?.kind === 'edit' && <EditAccount row={open.row} onClose={close} />}
      {open?.kind === 'remove' && (
        <Dialog
          title={`Remove ${open.row.record.id}?`}
          action="Remove the account"
          isDangerous
          onDone={() => {
            const id = String(open.row.record.id)
            return act(() => occ(['user:delete', id]), `${id} is removed.`)
          }}
          onClose={close}
        >
          <p>Its files, shares and everything else of it go too, as on a real server.</p>
        </Dialog>
      )}
    </>
  )
}

interface AccountActionsProps {
  readonly row: TableRow
  onEdit(): void
  onRemove(): void
}

function AccountActions({ row: { record }, onEdit, onRemove }: AccountActionsProps) {
  const id = String(record.id)
  const change = record.enabled ? 'disable' : 'enable'
  return (
    <>
      <button type="button" aria-label={`Edit ${id}`} onClick={onEdit}>
        Edit
      </button>
      <button
        type="button"
        aria-label={`${change} ${id}`}
        onClick={() => act(() => occ([`user:${change}`, id]), `${id} is ${change}d.`)}
      >
        {record.enabled ? 'Disable' : 'Enable'}
      </button>
      <button type="button" aria-label={`Remove ${id}`} onClick={onRemove}>
        Remove
      </button>
    </>
  )
}

function AddAccount({ onClose }: { onClose(): void }) {
  const [id, setId] = useState('')
  const [name, setName] = useState('')
  const [password, setPassword] = useState(`${crypto.randomUUID().slice(0, 13)}A!`)
  const [groups, setGroups] = useState('')
  const add = () => {
    const inGroups = groups.split(/[\s,]+/).flatMap((group) => (group === '' ? [] : [`--group=${group}`]))
    const named = name === '' ? [] : [`--display-name=${name}`]
    const args = ['user:add', '--password-from-env', ...named, ...inGroups, id]
    return act(() => occ(args, { OC_PASS: password }), `${id} is there, with the password ${password}`)
  }
  return (
    <Dialog title="Add an account" action="Add it" onDone={add} onClose={onClose}>
      <Field label="Account" value={id} isRequired onInput={setId} />
      <Field label="Name" value={name} onInput={setName} />
      <Field label="Password" value={password} isRequired onInput={setPassword} />
      <Field label="Groups" placeholder="staff, editors" value={groups} onInput={setGroups} />
    </Dialog>
  )
}

function EditAccount({ row: { record }, onClose }: { row: TableRow; onClose(): void }) {
  const id = String(record.id)
  const settings = [
    { name: 'name', label: 'Name', setting: ['settings', 'display_name'], value: String(record.displayName ?? '') },
    { name: 'email', label: 'E-mail', setting: ['settings', 'email'], value: String(record.email ?? '') },
    { name: 'quota', label: 'Quota', setting: ['files', 'quota'], value: String(record.quota ?? 'default') },
  ] as const
  return (
    <Form
      title={`Edit ${id}`}
      action="Change it"
      fields={settings.map(({ setting: _, ...field }) => field)}
      submit={async (given) => {
        for (const { name, setting, value } of settings) {
          if (given[name] !== value) await occ(['user:setting', id, ...setting, given[name] ?? ''])
        }
      }}
      said={() => `${id} is changed.`}
      onClose={onClose}
    />
  )
}
