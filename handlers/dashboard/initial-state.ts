import { defineInitialState, users } from '#app/index.ts'
import * as accounts from '#world/accounts/accounts.ts'
import { getSystemBool, getUser } from '#world/settings/config.ts'
import { layoutOf, statusesOf } from './layout.ts'
import { widgetsFor } from './widgets.ts'
import { showWidget } from './widgets-api.ts'

/** What the dashboard begins with. */
export const dashboardStates = defineInitialState({
  pages: ['dashboard'],
  provide: async ({ world, actor, request, catalogue }) => {
    const me = actor.userId!
    const widgets = await widgetsFor({ world, me, catalogue })
    return {
      panels: Object.fromEntries(
        widgets.map(({ contribution }) => {
          const { title, icon_class, icon_url, widget_url } = showWidget(contribution, request.baseUrl)
          const { id } = contribution
          return [id, { id, title, iconClass: icon_class, iconUrl: icon_url, url: widget_url }]
        }),
      ),
      statuses: statusesOf(world, me),
      layout: layoutOf(world, me),
      appStoreEnabled: getSystemBool(world, 'appstoreenabled', true),
      firstRun: getUser(world, me, 'dashboard', 'firstRun', '1') === '1',
      birthdate: accounts.property(world, users.find(world, me)!, 'birthdate').value,
    }
  },
})
