import { defineEndpoint, p, s } from '#app/index.ts'
import { toBool, toText } from '#lib/php.ts'
import { bare } from '#line/call.ts'
import { Exit } from '#line/failures.ts'
import { getUser, setUser } from '#world/settings/config.ts'
import * as settings from './state/settings.ts'

const API = '/index.php/apps/files/api/v1'
const own = { app: 'files', access: 'user', envelope: false } as const
const message = s.object({ message: s.string() })
const UNKNOWN = { message: 'Unknown config key' }
const INVALID = { message: 'Invalid config value' }
const told = <T>(data: T) => ({ message: 'ok', data })

export const getConfigs = defineEndpoint({
  ...own,
  id: 'files-api-get-configs',
  method: 'GET',
  path: `${API}/configs`,
  summary: 'How the list of files looks for the caller',
  output: s.object({ message: s.string(), data: s.record(s.union(s.string(), s.bool())) }),
  handle: ({ me, world, ok }) => ok(told(settings.settingsOf(world, me))),
})

export const setConfig = defineEndpoint({
  ...own,
  id: 'files-api-set-config',
  method: 'PUT',
  path: `${API}/config/{key}`,
  summary: 'Change how the list of files looks',
  input: { key: p.string(), value: p.mixed() },
  output: s.object({ message: s.string(), data: s.object({ key: s.string(), value: s.any() }) }),
  responses: { 400: message },
  handle: ({ input: { key, value }, me, world, ok, respond }) => {
    const outcome = settings.set(world, me, key, toText(value))
    if (outcome !== 'set') return respond(400, outcome === 'unknown' ? UNKNOWN : INVALID)
    return ok(told({ key, value }))
  },
})

const viewSettings = s.object({
  sorting_mode: s.nullable(s.string()),
  sorting_direction: s.string(),
  expanded: s.bool(),
})

export const getViewConfigs = defineEndpoint({
  ...own,
  id: 'files-api-get-view-configs',
  method: 'GET',
  path: `${API}/views`,
  summary: 'How views of files are sorted for the caller',
  output: s.object({ message: s.string(), data: s.record(viewSettings) }),
  handle: ({ me, world, ok }) => ok(told({ ...settings.viewsOf(world, me) })),
})

/** The address with the view and the key in it is shadowed by this one (34.0.1, asked); 27 has that address alone. */
export const setViewConfig = defineEndpoint({
  ...own,
  since: 28,
  id: 'files-api-set-view-config',
  method: 'PUT',
  path: `${API}/views`,
  summary: 'Change how a view of files is sorted',
  input: { view: p.string(), key: p.string(), value: p.mixed() },
  output: s.object({ message: s.string(), data: viewSettings }),
  responses: { 400: message },
  handle: ({ input: { view, key, value }, me, world, ok, respond, crash }) => {
    if (view === '' || view === '0') return crash()
    const set = settings.setView(world, me, { view, name: key, value: toText(value) })
    if (typeof set === 'string') return respond(400, set === 'unknown' ? UNKNOWN : INVALID)
    return ok(told({ ...set }))
  },
})

/** Older addresses of single choices, which answer with an empty page. */
function choice(id: string, name: string, parameter: 'value' | 'show') {
  return defineEndpoint({
    ...own,
    id: `files-api-${id}`,
    method: 'POST',
    path: `${API}/${id.replaceAll('-', '').replace('files', '')}`,
    summary: `Choose ${name.replaceAll('_', ' ')}`,
    input: { [parameter]: p.bool() },
    output: s.any(),
    handle: ({ input, me, world }) => {
      setUser(world, me, 'files', name, toBool(input[parameter]) ? '1' : '0')
      throw new Exit(bare(200))
    },
  })
}

export const showHiddenFiles = choice('show-hidden-files', 'show_hidden', 'value')
export const cropImagePreviews = choice('crop-image-previews', 'crop_image_previews', 'value')
/** What older front ends choose; the newer ones' `grid_view` knows nothing of it (Nextcloud 34.0.1, asked). */
export const showGridView = choice('show-grid-view', 'show_grid', 'show')

export const getGridView = defineEndpoint({
  ...own,
  id: 'files-api-get-grid-view',
  method: 'GET',
  path: `${API}/showgridview`,
  summary: 'Whether files are shown in a grid',
  output: s.object({ gridview: s.bool() }),
  handle: ({ me, world, ok }) => ok({ gridview: getUser(world, me, 'files', 'show_grid', '0') === '1' }),
})
