import { useEffect, useState } from 'preact/hooks'
import { post, worldName } from './api.ts'
import { live, useAnswer, useLive } from './live.ts'
import { RequestsView } from './requests/requests-view.tsx'
import { hrefOf, usePlace } from './route.ts'
import { TroubleView } from './trouble/trouble-view.tsx'
import { act } from './ui/act.ts'
import { Dialog } from './ui/dialog.tsx'
import { Choice } from './ui/field.tsx'
import { NoticeBar } from './ui/notice.tsx'
import { WorldView } from './world/world-view.tsx'

/** The views, by their addresses and by the key that leads there. */
const VIEWS = [
  ['requests', 'Requests', '1'],
  ['world', 'World', '2'],
  ['trouble', 'Time and trouble', '3'],
] as const

const LINKS = { connecting: 'connecting …', live: 'live', lost: 'not connected' } as const
const BEFORE_RESET = 'before-reset'

/** The page: what it is of, where to go, and the view that is open. */
export function App() {
  const place = usePlace()
  const { link, summary } = useLive()
  const [isResetting, setResetting] = useState(false)
  const view = place.path[0] ?? 'requests'
  const title = VIEWS.find(([name]) => name === view)?.[1] ?? 'Requests'
  useEffect(() => live.connect(), [])
  useEffect(() => {
    document.title = `${title} – ocs-mock`
  }, [title])
  useEffect(() => {
    const onKeyDown = ({ key, target, ctrlKey, metaKey, altKey }: KeyboardEvent) => {
      const isTyping = target instanceof HTMLElement && /^(?:INPUT|SELECT|TEXTAREA)$/.test(target.tagName)
      if (isTyping || ctrlKey || metaKey || altKey || document.querySelector('dialog[open]')) return
      const to = VIEWS.find(([, , one]) => one === key)
      if (to) location.hash = hrefOf([to[0]])
      if (key === '/') {
        document.querySelector<HTMLElement>('input[type=search]')?.focus()
        setTimeout(() => document.querySelector<HTMLInputElement>('input[type=search]')?.select())
      }
    }
    addEventListener('keydown', onKeyDown)
    return () => removeEventListener('keydown', onKeyDown)
  }, [])
  const reset = () =>
    act(
      async () => {
        await post(`/snapshots/${BEFORE_RESET}`)
        await post('/reset')
      },
      'The world is as it was in the beginning; its journal and its faults are gone.',
      () => post(`/snapshots/${BEFORE_RESET}/restore`).then(() => live.loadWorld()),
    )
  return (
    <>
      <header>
        <h1>
          <a href={hrefOf(['requests'])}>ocs-mock</a>
        </h1>
        <nav aria-label="Views">
          <ul>
            {VIEWS.map(([name, label, key]) => (
              <li key={name}>
                <a
                  href={hrefOf([name])}
                  aria-current={name === view ? 'page' : undefined}
                  aria-keyshortcuts={key}
                  title={`Key: ${key}`}
                >
                  {label}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <span class="dim product">{summary && `a fake ${summary.product} (ocs-mock ${summary.version})`}</span>
        <span role="status" class={link === 'live' ? 'good' : link === 'lost' ? 'bad' : 'dim'}>
          {LINKS[link]}
        </span>
        <WorldChoice />
        <button type="button" onClick={() => setResetting(true)}>
          Reset the world
        </button>
      </header>
      <main>
        {view === 'world' ? (
          <WorldView place={place} />
        ) : view === 'trouble' ? (
          <TroubleView />
        ) : (
          <RequestsView place={place} />
        )}
      </main>
      <NoticeBar />
      {isResetting && (
        <Dialog
          title="Reset the world?"
          action="Reset it"
          isDangerous
          onDone={reset}
          onClose={() => setResetting(false)}
        >
          <p>
            Accounts, files, shares and everything else go back to the beginning, faults and the journal are emptied.
            The world can be brought back afterwards, the journal cannot.
          </p>
        </Dialog>
      )}
    </>
  )
}

/** The worlds that parallel workers made, each with a page of its own. */
function WorldChoice() {
  const answer = useAnswer<{ readonly worlds: readonly string[] }>('/worlds')
  const worlds = answer?.worlds ?? []
  if (worlds.length === 0 && worldName === '') return null
  const names = [...new Set(['', ...worlds, worldName])]
  const change = (name: string) => {
    location.href = name === '' ? '/__admin/' : `/w/${encodeURIComponent(name)}/__admin/`
  }
  return (
    <Choice
      label="World"
      value={worldName}
      options={names.map((name) => [name, name === '' ? 'default world' : name] as const)}
      isBare
      onChange={change}
    />
  )
}
