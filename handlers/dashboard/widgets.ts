import { activityWidget } from '#handlers/activity/widget.ts'
import { favoritesWidget } from '#handlers/files/widget.ts'
import { onThisDayWidget } from '#handlers/photos/widget.ts'
import { recommendationWidget } from '#handlers/recommendations/widget.ts'
import { userStatusWidget } from '#handlers/user_status/widget.ts'
import * as apps from '#world/settings/apps.ts'
import type { Widget, WidgetContext } from './widget.ts'

/** The widgets of all apps, in the order in which apps are loaded. An app adds its own here. */
const WIDGETS: readonly Widget[] = [
  activityWidget,
  favoritesWidget,
  onThisDayWidget,
  recommendationWidget,
  userStatusWidget,
]

/** The widgets that an account can have. */
export function widgetsFor({ world, me }: Pick<WidgetContext, 'world' | 'me'>): Widget[] {
  return WIDGETS.filter(
    ({ app, isOffered }) => apps.isEnabledFor(world, app, me) && (isOffered === undefined || isOffered(world)),
  )
}
