import { useState } from 'preact/hooks'
import { origin, post } from '../api.ts'
import { useLive } from '../live.ts'
import type { TableRow } from '../types.ts'
import { act, copy } from '../ui/act.ts'
import { Form, type Given } from '../ui/form.tsx'
import { left, moment } from './moments.ts'
import { Records, text } from './records.tsx'

const SHARE_TYPES: Readonly<Record<number, string>> = {
  0: 'account',
  1: 'group',
  3: 'link',
  4: 'e-mail',
  6: 'federated',
  7: 'team',
}

/** With whom something can be shared, as seeds name it. */
const RECIPIENTS = [
  ['link', 'anybody who has the link'],
  ['user', 'an account'],
  ['group', 'a group'],
  ['email', 'an e-mail address'],
] as const

/** A share in words: two may be of the same file. */
const nameOf = ({ record }: TableRow) => `${record.target} for ${withWhom(record)}`
const withWhom = ({ type, sharedWith }: TableRow['record']) =>
  `${SHARE_TYPES[Number(type)] ?? type}${sharedWith ? ` ${sharedWith}` : ''}`

/** Shares, with what is left of their time. */
export function Shares() {
  const { clock } = useLive()
  const [isAdding, setAdding] = useState(false)
  const expire = ({ record }: TableRow) =>
    record.token
      ? { token: record.token }
      : { owner: record.owner, ...(record.sharedWith ? { with: record.sharedWith } : {}) }
  return (
    <>
      <Records
        table="shares"
        title="Shares"
        empty="Nothing is shared. A client shares something, or a seed does, or you here."
        columns={[
          ['What', ({ record }) => <strong>{String(record.target)}</strong>],
          ['Of', text('owner')],
          ['With', ({ record }) => withWhom(record)],
          ['Time left', ({ record }) => left(record.expiresAt, clock?.milliseconds ?? 0)],
          ['Ends', ({ record }) => moment(record.expiresAt)],
        ]}
        add={
          <button type="button" class="primary" onClick={() => setAdding(true)}>
            Share a file
          </button>
        }
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
      {isAdding && (
        <Form
          title="Share a file"
          action="Share it"
          fields={[
            { name: 'owner', label: 'Account whose file it is', isRequired: true, value: 'admin' },
            { name: 'path', label: 'Path', isRequired: true, placeholder: '/Plans' },
            { name: 'type', label: 'With', options: RECIPIENTS },
            { name: 'with', label: 'Which account, group or address (a link has none)' },
            { name: 'expires', label: 'Last day', placeholder: '2026-12-31' },
          ]}
          submit={share}
          said={({ path }) => `${path} is shared.`}
          onClose={() => setAdding(false)}
        />
      )}
    </>
  )
}

function share(given: Given): Promise<unknown> {
  const shares = [Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ''))]
  return post('/actions', { seed: { shares } })
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
          aria-label={`Expire now: link of ${record.userId} to file ${record.fileId}`}
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
