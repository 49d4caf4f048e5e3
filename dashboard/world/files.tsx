import { useState } from 'preact/hooks'
import { call } from '../api.ts'
import { useAnswer } from '../live.ts'
import { go, hrefOf, type Place } from '../route.ts'
import type { TablePage } from '../types.ts'
import { act } from '../ui/act.ts'
import { Dialog } from '../ui/dialog.tsx'
import { Field, Text } from '../ui/field.tsx'

interface FileEntry {
  readonly path: string
  readonly name: string
  readonly type: 'file' | 'folder'
  readonly size: number
  readonly mtime: number
  readonly owner: string
  readonly shared: boolean
}

/** The files of an account as a tree: a folder opens below its name. */
export function Files({ place }: { place: Place }) {
  const users = useAnswer<TablePage>('/tables/users?limit=1000')
  const [isAdding, setAdding] = useState(false)
  const [removing, setRemoving] = useState<string | null>(null)
  const names = users?.records.map(({ record }) => String(record.id)) ?? []
  const account = place.query.get('account') ?? names[0] ?? ''
  return (
    <>
      <div class="toolbar">
        <Field
          label="Account"
          value={account}
          list={names}
          onInput={(value) => go(['world', 'files'], { account: value }, true)}
        />
        <button type="button" class="primary" disabled={account === ''} onClick={() => setAdding(true)}>
          Add a file
        </button>
      </div>
      {account !== '' && (
        <div class="card">
          <Folder account={account} path="/" onRemove={setRemoving} />
        </div>
      )}
      {isAdding && <AddFile account={account} onClose={() => setAdding(false)} />}
      {removing !== null && (
        <Dialog
          title={`Delete ${removing}?`}
          action="Delete it"
          isDangerous
          onDone={() => act(() => call('DELETE', '/files', { account, path: removing }), `${removing} is deleted.`)}
          onClose={() => setRemoving(null)}
        >
          <p>It goes to the trash bin, if that app is enabled, as when {account} deletes it.</p>
        </Dialog>
      )}
    </>
  )
}

function Folder({ account, path, onRemove }: { account: string; path: string; onRemove(path: string): void }) {
  const query = new URLSearchParams({ account, path })
  const folder = useAnswer<{ readonly entries: readonly FileEntry[] }>(`/files?${query}`)
  if (folder === null) return null
  if (folder.entries.length === 0)
    return <p class="dim">{path === '/' ? 'No files: a home is made when its account first logs in.' : 'empty'}</p>
  return (
    <ul class="tree">
      {folder.entries.map((entry) => (
        <li key={entry.path}>
          {entry.type === 'folder' ? (
            <FolderEntry account={account} entry={entry} onRemove={onRemove} />
          ) : (
            <FileLine entry={entry} onRemove={onRemove} />
          )}
        </li>
      ))}
    </ul>
  )
}

function FolderEntry({
  account,
  entry,
  onRemove,
}: {
  account: string
  entry: FileEntry
  onRemove(path: string): void
}) {
  const [isOpen, setOpen] = useState(false)
  return (
    <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>
        <strong>{entry.name}</strong> <Notes entry={entry} />
      </summary>
      <div class="row">
        <button type="button" aria-label={`Delete the folder ${entry.path}`} onClick={() => onRemove(entry.path)}>
          Delete the folder
        </button>
        {entry.shared && <a href={hrefOf(['world', 'shares'])}>its share</a>}
      </div>
      {isOpen && <Folder account={account} path={entry.path} onRemove={onRemove} />}
    </details>
  )
}

const FileLine = ({ entry, onRemove }: { entry: FileEntry; onRemove(path: string): void }) => (
  <div class="row">
    <span>{entry.name}</span> <Notes entry={entry} />
    <button type="button" aria-label={`Delete ${entry.path}`} onClick={() => onRemove(entry.path)}>
      Delete
    </button>
  </div>
)

const Notes = ({ entry: { size, mtime, shared, owner } }: { entry: FileEntry }) => (
  <span class="dim">
    {size.toLocaleString('en')} bytes, {new Date(mtime * 1000).toISOString().slice(0, 10)}
    {shared && `, shared by ${owner}`}
  </span>
)

function AddFile({ account, onClose }: { account: string; onClose(): void }) {
  const [path, setPath] = useState('/')
  const [content, setContent] = useState('')
  const isFolder = path.endsWith('/') && path !== '/'
  const add = () =>
    act(
      () => call('PUT', '/files', { account, path, ...(isFolder ? { folder: true } : { content }) }),
      `${path} is there.`,
    )
  return (
    <Dialog title={`Add a file of ${account}`} action="Add it" onDone={add} onClose={onClose}>
      <Field label="Path (of a folder: with a slash at its end)" value={path} isRequired onInput={setPath} />
      {!isFolder && <Text label="Content" value={content} onInput={setContent} />}
    </Dialog>
  )
}
