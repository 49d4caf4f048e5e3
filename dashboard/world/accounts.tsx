import { useState } from 'preact/hooks'
import { occ } from '../api.ts'
import type { TableRow } from '../types.ts'
import { act } from '../ui/act.ts'
import { Dialog } from '../ui/dialog.tsx'
import { Field } from '../ui/field.tsx'
import { Records, text } from './records.tsx'

/** The accounts, by the rules of the administrator's command line. */
export function Accounts() {
  const [open, setOpen] = useState<{ readonly kind: 'add' | 'edit' | 'remove'; readonly id: string } | null>(null)
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
          <button type="button" class="primary" onClick={() => setOpen({ kind: 'add', id: '' })}>
            Add an account
          </button>
        }
        actions={(row) => (
          <AccountActions
            row={row}
            onEdit={(id) => setOpen({ kind: 'edit', id })}
            onRemove={(id) => setOpen({ kind: 'remove', id })}
          />
        )}
      />
      {open?.kind === 'add' && <AddAccount onClose={close} />}
      {open?.kind === 'edit' && <EditAccount id={open.id} onClose={close} />}
      {open?.kind === 'remove' && (
        <Dialog
          title={`Remove ${open.id}?`}
          action="Remove the account"
          isDangerous
          onDone={() => act(() => occ(['user:delete', open.id]), `${open.id} is removed.`)}
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
  onEdit(id: string): void
  onRemove(id: string): void
}

function AccountActions({ row: { record }, onEdit, onRemove }: AccountActionsProps) {
  const id = String(record.id)
  const change = record.enabled ? 'disable' : 'enable'
  return (
    <>
      <button type="button" aria-label={`Edit ${id}`} onClick={() => onEdit(id)}>
        Edit
      </button>
      <button
        type="button"
        aria-label={`${change} ${id}`}
        onClick={() => act(() => occ([`user:${change}`, id]), `${id} is ${change}d.`)}
      >
        {record.enabled ? 'Disable' : 'Enable'}
      </button>
      <button type="button" aria-label={`Remove ${id}`} onClick={() => onRemove(id)}>
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

function EditAccount({ id, onClose }: { id: string; onClose(): void }) {
  const [name, setName] = useState('')
  const [email, setEmail] = useState('')
  const [quota, setQuota] = useState('')
  const given = [
    ['settings', 'display_name', name],
    ['settings', 'email', email],
    ['files', 'quota', quota],
  ] as const
  const change = () =>
    act(async () => {
      for (const [app, key, value] of given) if (value !== '') await occ(['user:setting', id, app, key, value])
    }, `${id} is changed.`)
  return (
    <Dialog title={`Edit ${id}`} action="Change it" onDone={change} onClose={onClose}>
      <p class="dim">What is left empty stays as it is.</p>
      <Field label="Name" value={name} onInput={setName} />
      <Field label="E-mail" type="email" value={email} onInput={setEmail} />
      <Field label="Quota" placeholder="5 GB, none" value={quota} onInput={setQuota} />
    </Dialog>
  )
}
