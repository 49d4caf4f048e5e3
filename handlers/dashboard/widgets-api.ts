import { defineEndpoint, type HandlerArguments, p, s } from '#app/index.ts'
import type { Widget, WidgetItem } from '#app/widget.ts'
import { membersOf } from '#lib/json.ts'
import type { PhpArray } from '#lib/php.ts'
import type { Failures } from '#line/endpoint.ts'
import { systemLayout } from './layout.ts'
import { widgetsFor } from './widgets.ts'

const BASE = '/apps/dashboard/api'

const button = s.object({ type: s.string(), text: s.words(), link: s.string() })

const widget = s.object({
  id: s.string(),
  title: s.words(),
  order: s.int(),
  icon_class: s.string(),
  icon_url: s.string(),
  widget_url: s.nullable(s.string()),
  item_icons_round: s.bool(),
  item_api_versions: s.list(s.int()),
  reload_interval: s.int(),
  buttons: s.optional(s.list(button)),
})

const item = s.object({
  subtitle: s.words(),
  title: s.string(),
  link: s.string(),
  iconUrl: s.string(),
  overlayIconUrl: s.string(),
  sinceId: s.string(),
})

export const getWidgets = defineEndpoint({
  id: 'dashboard-dashboard_api-get-widgets',
  app: 'dashboard',
  method: 'GET',
  path: `${BASE}/v1/widgets`,
  access: 'user',
  csrf: false,
  summary: 'The widgets that the caller can put on the dashboard',
  output: s.record(widget),
  handle: async ({ world, me, request, catalogue, ok }) => {
    const widgets = await widgetsFor({ world, me, catalogue })
    return ok(
      Object.fromEntries(
        widgets.map(({ contribution }) => [contribution.id, showWidget(contribution, request.baseUrl)]),
      ),
    )
  },
})

/** A widget as the API answers it. */
export function showWidget(one: Widget, baseUrl: string): PhpArray {
  const { page, button: more } = one
  return {
    id: one.id,
    title: one.title,
    order: one.order,
    icon_class: one.iconClass,
    icon_url: baseUrl + one.icon,
    widget_url: page === undefined ? null : baseUrl + page,
    item_icons_round: one.roundIcons ?? false,
    item_api_versions: one.items?.versions ?? [],
    reload_interval: one.reloadInterval ?? 0,
    ...(more ? { buttons: [{ type: more.type ?? 'more', text: more.text, link: baseUrl + more.page }] } : {}),
  }
}

const input = {
  sinceIds: p.array().default({}).describe('By widget: the item from which on others are wanted'),
  limit: p.limit().default(7).range(1, 30).describe('Items of each widget'),
  widgets: p.array().default([]).describe('Ids of widgets; without any, those of the caller’s layout'),
}

type WidgetArguments = HandlerArguments<'/', typeof input, Failures>

/** The items of every widget that was asked for and speaks a version. */
async function itemsOf(
  asked: WidgetArguments,
  version: 1 | 2,
  answer: (items: PhpArray[], of: Widget) => PhpArray | PhpArray[],
) {
  const { input: given, world, request, catalogue, me, crash, ok } = asked
  const chosen = Object.values(given.widgets)
  const wanted = chosen.length > 0 ? chosen : systemLayout(world, me).split(',')
  const context = { world, catalogue, baseUrl: request.baseUrl, me }
  const speaking = (await widgetsFor(context)).filter(
    ({ contribution: { id, items } }) => wanted.includes(id) && items?.versions.includes(version),
  )
  const sinceIds = membersOf(given.sinceIds)
  const shown: [string, PhpArray | PhpArray[]][] = []
  for (const { contribution: one, profile } of speaking) {
    const since = sinceIds[one.id] ?? null
    if (since !== null && typeof since !== 'string') return crash()
    const items = await one.items!.list({ ...context, profile }, { since, limit: given.limit, version, crash })
    shown.push([one.id, answer(items.map(showItem), one)])
  }
  return ok(Object.fromEntries(shown))
}

const showItem = ({ title, subtitle = '', link, iconUrl, overlayIconUrl = '', sinceId }: WidgetItem): PhpArray => ({
  subtitle,
  title,
  link,
  iconUrl,
  overlayIconUrl,
  sinceId,
})

export const getWidgetItems = defineEndpoint({
  id: 'dashboard-dashboard_api-get-widget-items',
  app: 'dashboard',
  method: 'GET',
  path: `${BASE}/v1/widget-items`,
  access: 'user',
  csrf: false,
  summary: 'What widgets of the first version show',
  input,
  output: s.record(s.list(item)),
  handle: (asked) => itemsOf(asked, 1, (items) => items),
})

export const getWidgetItemsV2 = defineEndpoint({
  id: 'dashboard-dashboard_api-get-widget-items-v2',
  app: 'dashboard',
  method: 'GET',
  path: `${BASE}/v2/widget-items`,
  access: 'user',
  csrf: false,
  summary: 'What widgets of the second version show, or say where they have nothing to show',
  input,
  output: s.record(
    s.object({ items: s.list(item), emptyContentMessage: s.string(), halfEmptyContentMessage: s.string() }),
  ),
  handle: (asked) =>
    itemsOf(asked, 2, (items, { items: source }) => ({
      items,
      emptyContentMessage: items.length === 0 ? (source?.emptyMessage ?? '') : '',
      halfEmptyContentMessage: '',
    })),
})
