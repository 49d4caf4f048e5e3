import { defineNavigation } from '#app/index.ts'
import { isAdmin } from '#world/accounts/groups.ts'
import { APP } from '#world/exapps/exapps.ts'
import { ofEnabled } from '#world/exapps/registrations.ts'

/** What enabled ExApps put into the menu of apps, by app and name; some of it only administrators see. */
export const exAppNavigation = defineNavigation(({ world, me }) =>
  ofEnabled(world, 'top-menu')
    .filter(({ data }) => data.admin_required !== 1 || isAdmin(world, me))
    .sort((a, b) => (`${a.exApp}/${a.data.name}` < `${b.exApp}/${b.data.name}` ? -1 : 1))
    .map(({ exApp, data }) => {
      const app = encodeURIComponent(exApp)
      const name = encodeURIComponent(String(data.name))
      return {
        id: `${APP}_${exApp}_${data.name}`,
        type: 'link',
        app: APP,
        href: `/index.php/apps/app_api/embedded/${app}/${name}`,
        icon: data.icon === '' ? '/apps/app_api/img/app.svg' : `/index.php/apps/app_api/proxy/${app}/${data.icon}`,
        name: String(data.display_name),
      }
    }),
)
