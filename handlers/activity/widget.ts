import { richObjects } from '#app/rich-text.ts'
import { defineWidget, type ItemQuery, type WidgetContext, type WidgetItem } from '#app/widget.ts'
import { toInt } from '#lib/php.ts'
import { timeSpan } from '#lib/time-span.ts'
import * as activities from '#world/notices/activities.ts'
import { matcherOf } from './filters.ts'
import { linesOf, providersOf } from './lines.ts'
import { absolute } from './stream.ts'

const PAGE = '/index.php/apps/activity/'
/** How many activities are read, however many items are wanted. */
const PAGE_LENGTH = 50

export const activityWidget = defineWidget({
  id: 'activity',
  title: 'Recent activity',
  order: 20,
  iconClass: 'icon-activity',
  icon: '/apps/activity/img/activity-dark.svg',
  page: PAGE,
  roundIcons: true,
  reloadInterval: 30,
  data: [richObjects],
  button: { text: 'More activities', page: PAGE },
  items: { versions: [1, 2], emptyMessage: 'No activities', list },
})

/** What others did. Version 2 shows who, and the kind of activity beside. */
async function list(context: WidgetContext, { since, limit, version, crash }: ItemQuery): Promise<WidgetItem[]> {
  const { world, catalogue, baseUrl, me } = context
  const matches = await matcherOf('by', { world, catalogue, me, about: { type: '', id: 0 } })
  const found = activities.page(world, me, {
    order: 'desc',
    limit: PAGE_LENGTH,
    since: toInt(since),
    matches: matches ?? (() => false),
  })
  if (found === 'not-yours') return crash()
  const providers = await providersOf(context.catalogue)
  const lines = linesOf(found.activities, { ...context, isAbout: () => false }, providers).slice(0, limit)
  return lines.map(({ activity, told, plain, at }) => {
    const icon = baseUrl + told.icon
    const { author } = activity
    const avatar = author === '' ? '' : `${baseUrl}/index.php/avatar/${encodeURIComponent(author)}/512`
    return {
      title: plain,
      subtitle: timeSpan(at, world.clock.seconds()),
      link: absolute(activity.link, baseUrl),
      sinceId: String(activity.id),
      ...(version === 1 ? { iconUrl: icon } : { iconUrl: avatar, overlayIconUrl: icon }),
    }
  })
}
