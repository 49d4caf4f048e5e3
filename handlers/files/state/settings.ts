import { ownMember } from '#lib/own-member.ts'
import { getUser, setUser } from '#world/settings/config.ts'
import type { World } from '#world/world.ts'

type Value = string | boolean

/** How the list of files looks, by name: what it is where an account chose nothing. */
const DEFAULTS: Readonly<Record<string, Value>> = {
  crop_image_previews: true,
  default_view: 'files',
  folder_tree: true,
  grid_view: false,
  show_dialog_deletion: false,
  show_dialog_file_extension: true,
  show_files_extensions: true,
  show_hidden: false,
  show_mime_column: false,
  sort_favorites_first: true,
  sort_folders_first: true,
}

/** Those that are words, with the words that they can be. */
const WORDS: Readonly<Record<string, readonly string[]>> = { default_view: ['files', 'personal'] }

/** What an account chose, or what it has without a choice. */
export function settingsOf(world: World, userId: string): Record<string, Value> {
  return Object.fromEntries(
    Object.entries(DEFAULTS).map(([name, fallback]) => {
      if (typeof fallback === 'string') return [name, getUser(world, userId, 'files', name, fallback)]
      return [name, getUser(world, userId, 'files', name, fallback ? '1' : '') === '1']
    }),
  )
}

/** Choose one; anything but `1` is no. */
export function set(world: World, userId: string, name: string, value: string): 'set' | 'unknown' | 'invalid' {
  if (!Object.hasOwn(DEFAULTS, name)) return 'unknown'
  if (ownMember(WORDS, name)?.includes(value) === false) return 'invalid'
  setUser(world, userId, 'files', name, value)
  return 'set'
}

/** How one view of files is sorted and shown. */
export type ViewSettings = {
  readonly sorting_mode: string | null
  readonly sorting_direction: string
  readonly expanded: boolean
}

const VIEW: ViewSettings = { sorting_mode: null, sorting_direction: 'asc', expanded: true }
const VIEWS = 'files_views_configs'

type Views = Readonly<Record<string, Partial<ViewSettings>>>

const chosenViews = (world: World, userId: string): Views => JSON.parse(getUser(world, userId, 'files', VIEWS, '{}'))

/** All views for which an account chose something. */
export function viewsOf(world: World, userId: string): Record<string, ViewSettings> {
  return Object.fromEntries(
    Object.entries(chosenViews(world, userId)).map(([view, chosen]) => [view, { ...VIEW, ...chosen }]),
  )
}

/** Choose something for a view; its settings then. */
export function setView(
  world: World,
  userId: string,
  { view, name, value }: { readonly view: string; readonly name: string; readonly value: string },
): ViewSettings | 'unknown' | 'invalid' {
  if (!Object.hasOwn(VIEW, name)) return 'unknown'
  if (name === 'sorting_direction' && value !== 'asc' && value !== 'desc') return 'invalid'
  const views = chosenViews(world, userId)
  const chosen = { ...views[view], [name]: name === 'expanded' ? value === '1' : value }
  setUser(world, userId, 'files', VIEWS, JSON.stringify({ ...views, [view]: chosen }))
  return { ...VIEW, ...chosen }
}
