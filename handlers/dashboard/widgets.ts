import type { WidgetContext } from '#app/widget.ts'
import type { Gathered } from '#line/contributions.ts'
import * as apps from '#world/settings/apps.ts'

/** The widgets that an account can have, in the order in which apps are loaded. */
export async function widgetsFor({
  world,
  me,
  catalogue,
}: Pick<WidgetContext, 'world' | 'me' | 'catalogue'>): Promise<Gathered<'widgets'>[]> {
  const all = await catalogue.gather('widgets')
  return all.filter(
    ({ app, contribution: { isOffered } }) => apps.isEnabledFor(world, app, me) && (isOffered?.(world) ?? true),
  )
}
