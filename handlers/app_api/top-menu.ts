import { defineEndpoint, p, s } from '#app/index.ts'
import * as registrations from '#world/exapps/registrations.ts'
import { withoutSlashes } from './ui-page.ts'

const menu = { app: 'app_api', path: '/apps/app_api/api/v1/ui/top-menu', access: 'app-api', csrf: false } as const
const NO_ENTRY = 'No such Top Menu entry'

export const registerMenuEntry = defineEndpoint({
  ...menu,
  id: 'app_api-ocs_ui-register-ex-app-menu-entry',
  method: 'POST',
  summary: 'Add an entry to the menu of apps; the same name again replaces it',
  input: {
    name: p.string(),
    displayName: p.string(),
    icon: p.string().default('').describe('Route of the ExApp that answers the picture'),
    adminRequired: p.int().default(0),
  },
  output: s.empty(),
  handle: ({ input, world, actor, ok }) => {
    registrations.put(world, 'top-menu', actor.exApp!, [input.name], {
      name: input.name,
      display_name: input.displayName,
      icon: withoutSlashes(input.icon),
      admin_required: input.adminRequired,
    })
    return ok()
  },
})

export const unregisterMenuEntry = defineEndpoint({
  ...menu,
  id: 'app_api-ocs_ui-unregister-ex-app-menu-entry',
  method: 'DELETE',
  summary: 'Take an entry away from the menu of apps, with its scripts, styles and initial state',
  input: { name: p.string() },
  output: s.empty(),
  failures: { 404: NO_ENTRY },
  handle: ({ input, world, actor, ok, fail }) =>
    registrations.removeMenuEntry(world, actor.exApp!, input.name) ? ok() : fail(404),
})

export const getMenuEntry = defineEndpoint({
  ...menu,
  id: 'app_api-ocs_ui-get-ex-app-menu-entry',
  method: 'GET',
  summary: 'An entry of the menu of apps that the ExApp registered',
  input: { name: p.string() },
  output: s.object({
    id: s.int(),
    appid: s.string(),
    name: s.string(),
    display_name: s.string(),
    icon: s.string(),
    admin_required: s.int(),
  }),
  failures: { 404: NO_ENTRY },
  handle: ({ input, world, actor, ok, fail }) => {
    const found = registrations.get(world, 'top-menu', actor.exApp!, [input.name])
    return found ? ok(registrations.row(found)) : fail(404)
  },
})
