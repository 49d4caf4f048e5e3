import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { base } from '../api.ts'
import { useLive } from '../live.ts'
import { hrefOf, type Place } from '../route.ts'
import { Accounts } from './accounts.tsx'
import { AllTables } from './all-tables.tsx'
import { Apps } from './apps.tsx'
import { Files } from './files.tsx'
import { Groups } from './groups.tsx'
import { Settings } from './settings.tsx'
import { DirectLinks, Shares } from './shares.tsx'
import { ExApps, Notifications, Statuses, Tokens } from './simple-tables.tsx'
import { Snapshots } from './snapshots.tsx'

interface Part {
  readonly title: string
  /** The number of the summary that stands beside it. */
  readonly count?: string
  show(place: Place): ComponentChildren
}

/** The parts of the world, by their addresses. */
const PARTS: Readonly<Record<string, Part>> = {
  accounts: { title: 'Accounts', count: 'accounts', show: () => <Accounts /> },
  groups: { title: 'Groups', count: 'groups', show: () => <Groups /> },
  apps: { title: 'Apps', show: () => <Apps /> },
  files: { title: 'Files', count: 'files', show: (place) => <Files place={place} /> },
  shares: { title: 'Shares', count: 'shares', show: () => <Shares /> },
  links: { title: 'Direct links', show: () => <DirectLinks /> },
  notifications: { title: 'Notifications', count: 'notifications', show: () => <Notifications /> },
  statuses: { title: 'Statuses', show: () => <Statuses /> },
  tokens: { title: 'Tokens', count: 'tokens', show: () => <Tokens /> },
  exapps: { title: 'ExApps', count: 'exApps', show: () => <ExApps /> },
  settings: { title: 'Settings', show: () => <Settings /> },
  tables: { title: 'All tables', show: (place) => <AllTables place={place} /> },
  snapshots: { title: 'Snapshots', show: () => <Snapshots /> },
}

/** What is in the world, and what can be changed of it. */
export function WorldView({ place }: { place: Place }) {
  const { summary } = useLive()
  const open = place.path[1] ?? 'accounts'
  const part = PARTS[open]
  const parts = useRef<HTMLUListElement>(null)
  const isCounted = summary !== null
  // On a phone they stand in one line, of which not all is seen; numbers make it longer.
  useEffect(() => {
    parts.current?.querySelector('[aria-current=page]')?.scrollIntoView({ block: 'nearest', inline: 'center' })
  }, [open, isCounted])
  return (
    <div class="world">
      <nav aria-label="Parts of the world">
        <ul ref={parts}>
          {Object.entries(PARTS).map(([name, { title, count }]) => (
            <li key={name}>
              <a class="part" href={hrefOf(['world', name])} aria-current={name === open ? 'page' : undefined}>
                {title} {count && <span class="dim">{summary?.counts[count]?.toLocaleString('en')}</span>}
              </a>
            </li>
          ))}
        </ul>
        <p>
          <a href={`${base}/state?redact=1`}>The whole state as JSON, secrets redacted</a>
        </p>
      </nav>
      <div class="pane">
        <h2>{part?.title ?? 'There is no such part'}</h2>
        {part?.show(place) ?? <p class="empty">The list of parts has all that there are.</p>}
      </div>
    </div>
  )
}
