import { useState } from 'preact/hooks'
import { occ, origin, post } from '../api.ts'
import { useLive } from '../live.ts'
import type { TableRow } from '../types.ts'
import { act, copy } from '../ui/act.ts'
import { Dialog } from '../ui/dialog.tsx'
import { Field } from '../ui/field.tsx'
import { Records, text } from './records.tsx'

const moment = (seconds: unknown) =>
  typeof seconds === 'number' && seconds > 0
    ? new Date(seconds * 1000).toISOString().replace('T', ' ').slice(0, 16)
    : ''

/** What is left until a moment, by the world's clock. */
function left(seconds: unknown, now: number): string {
  if (typeof seconds !== 'number') return 'for good'
  const minutes = Math.floor((seconds * 1000 - now) / 60_000)
  if (minutes < 0) return 'over'
  if (minutes < 60) return `${minutes} min`
  return minutes < 48 * 60 ? `${Math.floor(minutes / 60)} h ${minutes % 60} min` : `${Math.floor(minutes / 1440)} days`
}

const SHARE_TYPES: Readonly<Record<number, string>> = {
  0: 'account',
  1: 'group',
  3: 'link',
  4: 'e-mail',
  6: 'federated',
  7: 'team',
}

/** The groups. */
export function Groups() {
  const [isAdding, setAdding] = useState(false)
  const [id, setId] = useState('')
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
          <button type="button" class="primary" onClick={() => setAdding(true)}>
            Add a group
          </button>
        }
        actions={({ record }) => (
          <button
            type="button"
            aria-label={`Remove ${record.id}`}
            onClick={() => act(() => occ(['group:delete', String(record.id)]), `${record.id} is removed.`)}
          >
            Remove
          </button>
        )}
      />
      {isAdding && (
        <Dialog
          title="Add a group"
          action="Add it"
          onDone={() => act(() => occ(['group:add', id]), `${id} is there.`)}
          onClose={() => setAdding(false)}
        >
          <Field label="Group" value={id} isRequired onInput={setId} />
        </Dialog>
      )}
    </>
  )
}

/** A share in words: two may be of the same file. */
const nameOf = ({ record }: TableRow) => `${record.target} for ${withWhom(record)}`
const withWhom = ({ type, sharedWith }: TableRow['record']) =>
  `${SHARE_TYPES[Number(type)] ?? type}${sharedWith ? ` ${sharedWith}` : ''}`

/** Shares, with what is left of their time. */
export function Shares() {
  const { clock } = useLive()
  const expire = ({ record }: TableRow) =>
    record.token
      ? { token: record.token }
      : { owner: record.owner, ...(record.sharedWith ? { with: record.sharedWith } : {}) }
  return (
    <Records
      table="shares"
      title="Shares"
      empty="Nothing is shared. A client shares something, or a seed does."
      columns={[
        ['What', ({ record }) => <strong>{String(record.target)}</strong>],
        ['Of', text('owner')],
        ['With', ({ record }) => withWhom(record)],
        ['Time left', ({ record }) => left(record.expiresAt, clock?.milliseconds ?? 0)],
        ['Ends', ({ record }) => moment(record.expiresAt)],
      ]}
      actions={(row) => (
        <>
          {typeof row.record.token === 'string' && (
            <button
              type="button"
              aria-label={`Copy link of ${nameOf(row)}`}
              onClick={() => copy(`${origin}/index.php/s/${row.record.token}`, 'the link')}
            >
              Copy link
            </button>
          )}
          <button
            type="button"
            aria-label={`Expire now: ${nameOf(row)}`}
            onClick={() =>
              act(() => post('/actions', { expireShare: expire(row) }), `The share of ${row.record.target} is over.`)
            }
          >
            Expire now
          </button>
        </>
      )}
    />
  )
}

/** Direct links to files. */
export function DirectLinks() {
  const { clock } = useLive()
  return (
    <Records
      table="directLinks"
      title="Direct links"
      empty="There are no direct links: POST /ocs/v2.php/apps/dav/api/v1/direct makes one."
      columns={[
        ['Account', text('userId')],
        ['File', text('fileId')],
        ['Time left', ({ record }) => left(record.expiresAt, clock?.milliseconds ?? 0)],
        ['Ends', ({ record }) => moment(record.expiresAt)],
      ]}
      actions={({ record }) => (
        <button
          type="button"
          onClick={() =>
            act(() => post('/actions', { expireDirectLink: { token: record.token } }), 'The direct link is over.')
          }
        >
          Expire now
        </button>
      )}
    />
  )
}

/** What accounts were notified of. */
export function Notifications() {
  const [account, setAccount] = useState('')
  const [subject, setSubject] = useState('')
  const [isSending, setSending] = useState(false)
  const send = () => act(() => post('/actions', { notify: { user: account, subject } }), `${account} is notified.`)
  return (
    <>
      <Records
        table="notifications"
        title="Notifications"
        empty="Nobody was notified of anything."
        columns={[
          ['Account', text('userId')],
          ['App', text('app')],
          ['Subject', text('subject')],
          ['About', ({ record }) => `${record.objectType} ${record.objectId}`],
          ['At', ({ record }) => moment(record.createdAt)],
        ]}
        add={
          <button type="button" class="primary" onClick={() => setSending(true)}>
            Send one
          </button>
        }
      />
      {isSending && (
        <Dialog title="Send a notification" action="Send it" onDone={send} onClose={() => setSending(false)}>
          <Field label="Account" value={account} isRequired onInput={setAccount} />
          <Field label="Subject" value={subject} isRequired onInput={setSubject} />
        </Dialog>
      )}
    </>
  )
}

/** How accounts say that they are. */
export const Statuses = () => (
  <Records
    table="statuses"
    title="Statuses"
    empty="Nobody said how they are."
    columns={[
      ['Account', ({ key, record }) => <strong>{String(record.userId ?? key)}</strong>],
      ['Status', text('status')],
      ['Message', text('message')],
      ['Icon', text('icon')],
    ]}
  />
)

/** App passwords and sessions: what they are called, never what they are. */
export const Tokens = () => (
  <Records
    table="tokens"
    title="Tokens"
    empty="There are no app passwords and no sessions. A client that logs in makes one."
    columns={[
      ['Account', text('userId')],
      ['Name', text('name')],
      ['Kind', text('type')],
      ['Last used', ({ record }) => moment(record.lastActivity)],
    ]}
    actions={({ record }) =>
      record.type === 'app-password' && (
        <button
          type="button"
          aria-label={`Revoke ${record.name}`}
          onClick={() =>
            act(
              () => post('/actions', { revokeAppPassword: { account: record.userId, name: record.name } }),
              `${record.name} is revoked.`,
            )
          }
        >
          Revoke
        </button>
      )
    }
  />
)

/** Apps that run elsewhere. */
export const ExApps = () => (
  <Records
    table="exApps"
    title="ExApps"
    empty="No ExApp is registered: occ app_api:app:register, or a seed’s exApps."
    columns={[
      ['ExApp', ({ record }) => <strong>{String(record.id)}</strong>],
      ['Version', text('version')],
      ['Daemon', text('daemon')],
      ['State', ({ record }) => (record.enabled ? 'enabled' : 'disabled')],
    ]}
    actions={({ record }) => (
      <>
        <button
          type="button"
          onClick={() => act(() => post('/actions', { [record.enabled ? 'disableExApp' : 'enableExApp']: record.id }))}
        >
          {record.enabled ? 'Disable' : 'Enable'}
        </button>
        <button
          type="button"
          onClick={() => act(() => post('/actions', { unregisterExApp: record.id }), `${record.id} is removed.`)}
        >
          Remove
        </button>
      </>
    )}
  />
)
