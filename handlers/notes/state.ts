import { config, defineReactions, defineTable, files, s } from '#app/index.ts'
import type { JsonObject } from '#lib/json.ts'
import { md5 } from '#lib/md5.ts'
import { toText } from '#lib/php.ts'
import * as tags from '#world/files/tags.ts'
import * as received from '#world/sharing/received.ts'
import * as shares from '#world/sharing/share.ts'
import type { World } from '#world/world.ts'
import { safePath, safeTitle } from './titles.ts'

/** How somebody keeps notes. */
export interface Settings {
  /** The folder that they lie in, without a slash in front. */
  readonly notesPath: string
  readonly fileSuffix: string
  readonly noteMode: string
}

/** A note: a file of its account. */
export interface Note {
  readonly entry: files.Entry
  readonly title: string
  /** Folders below the notes' own, joined by slashes. */
  readonly category: string
  readonly favorite: boolean
  /** When the app saw its last change, in seconds since 1970. */
  readonly lastUpdate: number
}

interface NoteTimes {
  readonly userId: string
  readonly fileId: number
  readonly lastUpdate: number
}

const APP = 'notes'
const DEFAULTS: Settings = { fileSuffix: '.md', notesPath: 'Notes', noteMode: 'rich' }
const SUFFIX = /\.(txt|org|markdown|md|note)$/i

/** When notes were changed in what their files do not tell: category, title, favourite. */
export const noteTimesTable = defineTable<NoteTimes>('noteTimes', {
  record: s.object({ userId: s.string(), fileId: s.int(), lastUpdate: s.int() }),
})

const keyOf = (userId: string, fileId: number) => `${userId}/${fileId}`

const SUFFIXES: readonly unknown[] = ['.md', '.txt']
const MODES: readonly unknown[] = ['rich', 'edit', 'preview']

/** What an account decided, by its names and in the order in which it was decided. */
function keptSettings(world: World, userId: string): JsonObject {
  const kept = config.getUser(world, userId, APP, 'settings')
  return kept === '' ? {} : (JSON.parse(kept) as JsonObject)
}

/** How an account keeps notes, and that it is settled from now on where they lie. */
export function settle(world: World, userId: string): Settings {
  const settings = settingsOf(world, userId)
  if (keptSettings(world, userId).notesPath === undefined) changeSettings(world, userId, {})
  return settings
}

/** How an account keeps notes: what it decided, then what holds anyhow. */
export function settingsOf(world: World, userId: string): Settings {
  const kept = keptSettings(world, userId)
  const { customSuffix, ...more } = kept
  const shown = more.fileSuffix === 'custom' ? { ...more, fileSuffix: customSuffix ?? DEFAULTS.fileSuffix } : more
  return { ...(shown as Partial<Settings>), ...(withoutThose({ ...DEFAULTS }, shown) as Partial<Settings>) } as Settings
}

/** Change settings: those that hold anyhow are not kept, and `null` gives one up. */
export function changeSettings(world: World, userId: string, sent: JsonObject): Settings {
  const before = keptSettings(world, userId)
  const { fileSuffix } = sent
  const isCustom = fileSuffix !== undefined && fileSuffix !== null && !SUFFIXES.includes(fileSuffix)
  const given = isCustom ? { ...sent, customSuffix: fileSuffix, fileSuffix: 'custom' } : sent
  const all = { ...given, ...withoutThose(before, given) }
  const isPlaced = all.notesPath !== undefined
  const kept = Object.entries(isPlaced ? all : { ...all, notesPath: DEFAULTS.notesPath }).flatMap(([name, value]) => {
    const settled = value === null ? null : settledAs(name, toText(value))
    return settled === null || settled === DEFAULTS_KEPT[name] ? [] : [[name, settled] as const]
  })
  config.setUser(world, userId, APP, 'settings', JSON.stringify(Object.fromEntries(kept)))
  return settingsOf(world, userId)
}

const withoutThose = (all: JsonObject, others: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(all).filter(([name]) => !(name in others)))

/** What is not kept, because it holds anyhow. */
const DEFAULTS_KEPT: Readonly<Record<string, string>> = { fileSuffix: '.md', customSuffix: '.md', noteMode: 'rich' }

/** A setting as it is kept; `null`: there is no such setting. */
function settledAs(name: string, value: string): string | null {
  switch (name) {
    case 'fileSuffix':
      return value === 'custom' || SUFFIXES.includes(value) ? value : DEFAULTS.fileSuffix
    case 'customSuffix':
      return `.${value.replace(/[^A-Za-z0-9.-]/g, '').replace(/^\.+/, '') || 'md'}`
    case 'noteMode':
      return MODES.includes(value) ? value : DEFAULTS.noteMode
    case 'notesPath':
      return plainPath(value)
    default:
      return null
  }
}

/** A path without `.` and `..`, and without slashes around it. */
function plainPath(path: string): string {
  const steps: string[] = []
  for (const step of path.replaceAll('\\', '/').split('/')) {
    if (step === '..') steps.pop()
    else if (step !== '' && step !== '.') steps.push(step)
  }
  return steps.join('/')
}

/** What lies in the folder of the notes, by its path in there. */
export const within = (world: World, userId: string, path: string): files.Entry | undefined =>
  files.resolve(world, userId, files.joinPath(folderOf(world, userId), files.normalize(path)))

const folderOf = (world: World, userId: string) => files.normalize(settingsOf(world, userId).notesPath)

/** The folder of the notes, made where it is missing. */
export function openFolder(world: World, userId: string): files.Entry {
  files.ensureHome(world, userId)
  settle(world, userId)
  return folderAt(world, userId, folderOf(world, userId))
}

function folderAt(world: World, userId: string, path: string): files.Entry {
  const found = files.resolve(world, userId, path)
  if (found || path === '/') return found!
  folderAt(world, userId, files.dirName(path))
  files.makeFolder(world, userId, path)
  return files.resolve(world, userId, path)!
}

/** All notes of an account, those changed longest ago first. */
export function list(world: World, userId: string): Note[] {
  const folder = files.resolve(world, userId, folderOf(world, userId))
  const notes = folder ? below(world, folder).map((entry) => noteOf(world, folder, entry)) : []
  return notes.sort((a, b) => a.lastUpdate - b.lastUpdate || a.entry.node.id - b.entry.node.id)
}

/** An ending that an account once chose: files with it stay notes. */
const ownSuffix = (world: World, userId: string): string => {
  const { customSuffix } = keptSettings(world, userId)
  return typeof customSuffix === 'string' ? customSuffix : DEFAULTS.fileSuffix
}

function below(world: World, folder: files.Entry, suffix = ownSuffix(world, folder.userId)): files.Entry[] {
  const isNote = ({ path }: files.Entry) => SUFFIX.test(path) || path.endsWith(suffix)
  return files
    .list(world, folder)
    .flatMap((entry) => (files.isFolder(entry) ? below(world, entry, suffix) : isNote(entry) ? [entry] : []))
}

function noteOf(world: World, folder: files.Entry, entry: files.Entry): Note {
  const { userId, node, path } = entry
  const touched = world.table(noteTimesTable).get(keyOf(userId, node.id))?.lastUpdate ?? 0
  const within = files.dirName(path).slice(folder.path.length)
  return {
    entry,
    title: files.baseName(path).replace(/\.[^.]*$/, ''),
    category: within.replace(/^\//, ''),
    favorite: tags.tagsOf(world, userId, node.id).favorite,
    lastUpdate: Math.max(node.mtime, touched),
  }
}

export const find = (world: World, userId: string, id: number): Note | undefined =>
  list(world, userId).find(({ entry }) => entry.node.id === id)

export const textOf = (world: World, { entry }: Note): string =>
  new TextDecoder().decode(files.bytesOf(files.contentOf(world, entry.node)))

/** Names a state of a note: the same until something of it changes. */
export function etagOf(world: World, note: Note): string {
  const { entry, title, category, favorite } = note
  return md5(JSON.stringify([entry.node.id, title, category, favorite, entry.node.mtime, textOf(world, note)]))
}

/** The kinds of shares that somebody made of a note. */
export const shareTypesOf = (world: World, { entry }: Note): number[] =>
  [...new Set(shares.ofNode(world, entry.node.id).map(({ type }) => type))].sort((a, b) => a - b)

export interface NoteContent {
  readonly title: string
  readonly category: string
  readonly content: string
  /** Seconds since 1970; 0: now. */
  readonly modified: number
  readonly favorite: boolean
}

export function add(world: World, userId: string, { title, category, content, modified, favorite }: NoteContent): Note {
  const place = placeOf(world, userId, category)
  const path = freePath(world, userId, place.path, safeTitle(title))
  const bytes = files.contentFrom(new TextEncoder().encode(content))
  const put = files.newFile(world, userId, path, bytes, modified > 0 ? modified : undefined)
  const entry = 'entry' in put ? put.entry : files.resolve(world, userId, path)!
  if (favorite) tags.setFavorite(world, userId, entry.node.id, true)
  touch(world, userId, entry.node.id)
  return find(world, userId, entry.node.id)!
}

/** Change what is said of a note. @returns `forbidden` for one that may only be read, and is not only a favourite */
export function change(world: World, note: Note, changed: Partial<NoteContent>): Note | 'forbidden' {
  const { userId, node } = note.entry
  const before = etagOf(world, note)
  const { content, modified, favorite, title, category } = changed
  const isContent = content !== undefined && content !== textOf(world, note)
  const isModified = modified !== undefined && modified !== node.mtime
  const isPlace = (title !== undefined && title !== note.title) || (category ?? note.category) !== note.category
  if (isReadOnly(note) && (isContent || isModified || isPlace)) return 'forbidden'
  if (isContent || isModified) {
    const bytes = isContent ? files.contentFrom(new TextEncoder().encode(content)) : files.contentOf(world, node)
    files.put(world, userId, note.entry.path, bytes, isModified ? { mtime: modified } : {})
  }
  rename(world, note, changed)
  const isFavorite = tags.tagsOf(world, userId, node.id).favorite
  if (favorite !== undefined && favorite !== isFavorite) tags.setFavorite(world, userId, node.id, favorite)
  const now = find(world, userId, node.id)!
  if (etagOf(world, now) === before) return now
  touch(world, userId, node.id)
  return find(world, userId, node.id)!
}

function rename(world: World, note: Note, { title, category }: Partial<NoteContent>): void {
  const { entry } = note
  const folder = category === undefined ? files.dirName(entry.path) : placeOf(world, entry.userId, category).path
  const wanted = title === undefined || title === note.title ? note.title : safeTitle(title)
  const suffix = /\.[^.]*$/.exec(entry.path)?.[0] ?? ''
  if (folder === files.dirName(entry.path) && wanted === note.title) return
  const path = freePath(world, entry.userId, folder, wanted, suffix, entry.node.id)
  if (path === entry.path) return
  files.move(world, entry, path, false)
  removeIfEmpty(world, entry.userId, files.dirName(entry.path))
}

export function remove(world: World, note: Note): void {
  files.remove(world, note.entry)
  removeIfEmpty(world, note.entry.userId, files.dirName(note.entry.path))
}

/** Folders of categories go with their last note. */
function removeIfEmpty(world: World, userId: string, path: string): void {
  const top = folderOf(world, userId)
  const folder = files.resolve(world, userId, path)
  if (!folder || path === top || !path.startsWith(`${top}/`) || files.list(world, folder).length > 0) return
  files.remove(world, folder)
  removeIfEmpty(world, userId, files.dirName(path))
}

export const isReadOnly = ({ entry }: Note): boolean => !files.may(entry, 'update')

function placeOf(world: World, userId: string, category: string): files.Entry {
  const top = openFolder(world, userId)
  const path = category.split('/').map(safePath).filter(Boolean).join('/')
  return path === '' ? top : folderAt(world, userId, files.joinPath(top.path, path))
}

/** A name that is taken gets a number: `Milk (2).md`. */
function freePath(world: World, userId: string, folder: string, title: string, suffix?: string, own?: number): string {
  const ending = suffix ?? settingsOf(world, userId).fileSuffix
  const path = (name: string) => files.joinPath(folder, `${name}${ending}`)
  for (let number = 1; ; number++) {
    const [, base = title, counted] = /^(.*) \((\d+)\)$/.exec(title) ?? []
    const name = number === 1 ? title : `${base} (${Number(counted ?? 1) + number - 1})`
    const taken = files.resolve(world, userId, path(name))
    if (!taken || taken.node.id === own) return path(name)
  }
}

function touch(world: World, userId: string, fileId: number): void {
  world.table(noteTimesTable).set(keyOf(userId, fileId), { userId, fileId, lastUpdate: world.clock.seconds() })
}

/** A note that is shared with somebody lies among theirs (Notes 6.0.2, asked). */
function placeShare(world: World, { id, type, sharedBy, sharedWith, nodeId, target }: shares.Share): void {
  if (type !== shares.TYPE.user || sharedWith === null || target === null) return
  const entry = files.entryOf(world, sharedBy, nodeId)
  const folder = openFolder(world, sharedWith).path
  const isNote = entry && !files.isFolder(entry) && entry.path.startsWith(folderOf(world, sharedBy))
  if (!isNote || target.startsWith(`${folder}/`)) return
  shares.patch(world, id, { target: files.joinPath(folder, files.baseName(target)) })
  received.refreshMount(world, sharedWith, nodeId)
}

/** What is known of notes goes with their account. */
export const noteReactions = defineReactions({
  'share.created': (world, { share }) => placeShare(world, share),
  'user.deleted': (world, { userId }) => {
    const table = world.table(noteTimesTable)
    for (const [key, times] of [...table.entries()]) if (times.userId === userId) table.delete(key)
  },
})
