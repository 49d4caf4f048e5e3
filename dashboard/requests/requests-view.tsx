import { useEffect, useMemo, useState } from 'preact/hooks'
import { call, origin } from '../api.ts'
import { type Link, live, useLive } from '../live.ts'
import { go, type Place } from '../route.ts'
import type { BriefEntry } from '../types.ts'
import { act } from '../ui/act.ts'
import { Dialog } from '../ui/dialog.tsx'
import { Choice, Field } from '../ui/field.tsx'
import { VirtualList } from '../ui/virtual-list.tsx'
import { filtered, filterOf, isRefused, namesIn, type RequestFilter, STATUSES } from './filter.ts'
import { RequestDetail } from './request-detail.tsx'

const ROW = 44

/** What was asked and answered, as it comes. */
export function RequestsView({ place }: { place: Place }) {
  const { requests, total, limit, link } = useLive()
  const [isForgetting, setForgetting] = useState(false)
  const filter = filterOf(place.query)
  const { text, status, account, operation } = filter
  const shown = useMemo(
    () => filtered(requests, { text, status, account, operation }),
    [requests, text, status, account, operation],
  )
  const { accounts, operations } = useMemo(() => namesIn(requests), [requests])
  const open = place.path[1] ?? null
  const [selected, setSelected] = useState<string | null>(open)
  const setFilter = (change: Partial<RequestFilter>) =>
    go(['requests', ...(open ? [open] : [])], { ...filter, ...change }, true)
  const openEntry = ({ id }: BriefEntry) => go(['requests', String(id)], { ...filter }, open !== null)
  const close = () => {
    go(['requests'], { ...filter })
    document.querySelector<HTMLElement>('.list')?.focus()
  }
  useEscape(open === null ? null : close)
  return (
    <div class={`requests ${open === null ? '' : 'with-detail'}`}>
      <div class="master">
        <search class="toolbar">
          <Field
            label="Search requests"
            type="search"
            placeholder="Search: path, id, reason …"
            value={filter.text}
            isBare
            onInput={(value) => setFilter({ text: value })}
          />
          <Choice
            label="Status"
            value={filter.status}
            options={STATUSES}
            isBare
            onChange={(value) => setFilter({ status: value })}
          />
          <Choice
            label="Account"
            value={filter.account}
            options={[['', 'any account'], ...accounts.map((one) => [one, one === '-' ? 'nobody' : one] as const)]}
            isBare
            onChange={(value) => setFilter({ account: value })}
          />
          <Field
            label="Operation"
            placeholder="any operation"
            value={filter.operation}
            list={operations}
            isBare
            onInput={(value) => setFilter({ operation: value })}
          />
          <button type="button" disabled={total === 0} onClick={() => setForgetting(true)}>
            Forget all
          </button>
        </search>
        <p class="dim count" aria-live="polite">
          {countOf(shown.length, requests.length, total, limit)}
        </p>
        {requests.length === 0 ? (
          <Empty link={link} />
        ) : shown.length === 0 ? (
          <div class="empty">
            <p>None of the {requests.length.toLocaleString('en')} requests is like that.</p>
            <button type="button" onClick={() => go(['requests'])}>
              Show all
            </button>
          </div>
        ) : (
          <VirtualList
            label="Requests, the newest first"
            items={shown}
            rowHeight={ROW}
            selected={open ?? selected}
            keyOf={({ id }) => String(id)}
            row={(entry) => <Row entry={entry} />}
            onSelect={(entry) => {
              setSelected(String(entry.id))
              if (open !== null) openEntry(entry)
            }}
            onOpen={openEntry}
          />
        )}
      </div>
      {open !== null && <RequestDetail id={open} onClose={close} />}
      {isForgetting && (
        <Dialog
          title="Forget all requests?"
          action="Forget them"
          isDangerous
          onDone={() => act(() => call('DELETE', '/requests').then(() => live.loadRequests()), 'The journal is empty.')}
          onClose={() => setForgetting(false)}
        >
          <p>The journal of this world is emptied. The world itself stays as it is.</p>
        </Dialog>
      )}
    </div>
  )
}

/** What Escape does, outside of dialogs; `null`: nothing. */
function useEscape(leave: (() => void) | null): void {
  useEffect(() => {
    if (leave === null) return
    const onKeyDown = ({ key }: KeyboardEvent) => {
      if (key === 'Escape' && !document.querySelector('dialog[open]')) leave()
    }
    addEventListener('keydown', onKeyDown)
    return () => removeEventListener('keydown', onKeyDown)
  }, [leave])
}

function countOf(shown: number, kept: number, total: number, limit: number): string {
  const [a, b, c, d] = [shown, kept, total, limit].map((number) => number.toLocaleString('en'))
  return total > kept ? `${a} of ${b} kept of ${c} (the journal keeps ${d})` : `${a} of ${c}`
}

function Row({ entry }: { entry: BriefEntry }) {
  const { at, method, path, query, status, actor, duration, why, fault } = entry
  const refused = isRefused(entry)
  return (
    <>
      <span class={`status ${refused ? 'bad' : 'good'}`}>{status === 0 ? '—' : status}</span>
      <span class="method">{method}</span>
      <span class="what">
        <span class="clip">
          {path}
          {query && <span class="dim">?{query}</span>}
        </span>
        <span class={`clip note ${refused ? 'bad' : 'dim'}`}>
          {refused ? `${why.code}: ${why.sentence}` : (entry.operation ?? '')}
          {fault !== undefined && ` · fault ${fault}`}
        </span>
      </span>
      <span class="who dim">
        <span class="clip">{actor ?? 'nobody'}</span>
        <span>
          <span class="at">{new Date(at).toISOString().slice(11, 19)} · </span>
          {duration < 10 ? duration.toFixed(1) : Math.round(duration)} ms
        </span>
      </span>
    </>
  )
}

function Empty({ link }: { link: Link }) {
  const example = `curl -u admin:admin -H 'OCS-APIRequest: true' '${origin}/ocs/v2.php/cloud/user?format=json'`
  return (
    <div class="empty">
      <h2>{link === 'lost' ? 'The server does not answer' : 'No requests yet'}</h2>
      <p>{WHAT_TO_DO[link]}</p>
      {link === 'live' && <pre class="example">{example}</pre>}
    </div>
  )
}

const WHAT_TO_DO: Readonly<Record<Link, string>> = {
  connecting: 'Loading …',
  live: 'Point your client here, or try this one; it appears at once, with why it was answered so:',
  lost: 'Start it again where it ran before; this page goes on by itself.',
}
