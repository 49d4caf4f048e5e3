import * as apps from '../../src/world/apps.ts'
import { activityWidget } from '../activity/widget.ts'
import { favoritesWidget } from '../files/widget.ts'
import { onThisDayWidget } from '../photos/widget.ts'
import { recommendationWidget } from '../recommendations/widget.ts'
import { userStatusWidget } from '../user_status/widget.ts'
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
