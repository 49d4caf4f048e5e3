import { predefinedStatuses } from '#app/user-status.ts'
import { defineWidget } from '#app/widget.ts'
import { toInt } from '#lib/php.ts'
import { timeSpan } from '#lib/time-span.ts'
import * as statuses from '#world/accounts/statuses.ts'
import * as users from '#world/accounts/users.ts'
import { isEnumerable } from './statuses.ts'

export const userStatusWidget = defineWidget({
  id: 'user_status',
  title: 'Recent statuses',
  order: 5,
  iconClass: 'icon-user-status-dark',
  icon: '/apps/user_status/img/app-dark.svg',
  roundIcons: true,
  isOffered: isEnumerable,
  data: [predefinedStatuses],
  items: {
    versions: [1, 2],
    emptyMessage: 'No recent status changes',
    list: ({ world, profile, baseUrl, me }, { since, limit }) => {
      const recent = statuses.recent(world, predefinedStatuses.of(profile), limit + 1)
      const asked = recent.map(({ userId }) => userId)
      statuses.settle(world, asked)
      return recent
        .filter(({ userId, statusAt }) => userId !== me && (since === null || statusAt > toInt(since)))
        .slice(0, limit)
        .map(({ userId, icon, message, messageAt }) => ({
          title: users.find(world, userId)?.displayName ?? userId,
          subtitle: `${icon ? `${icon} ` : ''}${message ?? ''}, ${timeSpan(messageAt, world.clock.seconds())}`,
          link: `${baseUrl}/index.php/u/${encodeURIComponent(userId)}`,
          iconUrl: `${baseUrl}/index.php/avatar/${encodeURIComponent(userId)}/44`,
          sinceId: String(messageAt),
        }))
    },
  },
})
