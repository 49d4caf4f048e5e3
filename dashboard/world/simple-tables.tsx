import { useState } from 'preact/hooks'
import { occ, post } from '../api.ts'
import { act } from '../ui/act.ts'
import { Form } from '../ui/form.tsx'
import { moment } from './moments.ts'
import { Records, text } from './records.tsx'

/** What accounts were notified of. */
export function Notifications() {
  const [isSending, setSending] = useState(false)
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
        actions={({ record }) => (
          <button
            type="button"
            aria-label={`Remove notification ${record.id} of ${record.userId}`}
            onClick={() =>
              act(
                () => occ(['notification:delete', String(record.userId), String(record.id)]),
                'The notification is gone.',
              )
            }
          >
            Remove
          </button>
        )}
      />
      {isSending && (
        <Form
          title="Send a notification"
          action="Send it"
          fields={[
            { name: 'user', label: 'Account', isRequired: true },
            { name: 'subject', label: 'Subject', isRequired: true },
          ]}
          submit={(notify) => post('/actions', { notify })}
          said={({ user }) => `${user} is notified.`}
          onClose={() => setSending(false)}
        />
      )}
    </>
  )
}

const STATUSES = ['online', 'away', 'dnd', 'busy', 'invisible', 'offline'].map((one) => [one, one] as const)

/** How accounts say that they are. */
export function Statuses() {
  const [isSetting, setSetting] = useState(false)
  return (
    <>
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
        add={
          <button type="button" class="primary" onClick={() => setSetting(true)}>
            Set one
          </button>
        }
      />
      {isSetting && (
        <Form
          title="Set a status"
          action="Set it"
          fields={[
            { name: 'user', label: 'Account', isRequired: true },
            { name: 'status', label: 'Status', options: STATUSES },
            { name: 'message', label: 'Message', placeholder: 'At lunch' },
          ]}
          submit={({ message, ...status }) =>
            post('/actions', { seed: { statuses: [{ ...status, ...(message ? { message } : {}) }] } })
          }
          said={({ user, status }) => `${user} is ${status}.`}
          onClose={() => setSetting(false)}
        />
      )}
    </>
  )
}

/** App passwords and sessions: what they are called, never what they are. */
export function Tokens() {
  const [isAdding, setAdding] = useState(false)
  return (
    <>
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
        add={
          <button type="button" class="primary" onClick={() => setAdding(true)}>
            Add an app password
          </button>
        }
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
      {isAdding && (
        <Form
          title="Add an app password"
          action="Add it"
          fields={[
            { name: 'account', label: 'Account', isRequired: true },
            { name: 'name', label: 'Name', value: 'Test client', isRequired: true },
            { name: 'token', label: 'App password', value: crypto.randomUUID(), isRequired: true },
          ]}
          submit={(createAppPassword) => post('/actions', { createAppPassword })}
          said={({ account, token }) => `${account} can log in with the app password ${token}`}
          onClose={() => setAdding(false)}
        />
      )}
    </>
  )
}

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
          aria-label={`${record.enabled ? 'Disable' : 'Enable'} ${record.id}`}
          onClick={() => act(() => post('/actions', { [record.enabled ? 'disableExApp' : 'enableExApp']: record.id }))}
        >
          {record.enabled ? 'Disable' : 'Enable'}
        </button>
        <button
          type="button"
          aria-label={`Remove ${record.id}`}
          onClick={() => act(() => post('/actions', { unregisterExApp: record.id }), `${record.id} is removed.`)}
        >
          Remove
        </button>
      </>
    )}
  />
)
