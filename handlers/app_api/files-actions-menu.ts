import { defineEndpoint, p, s } from '#app/index.ts'
import * as registrations from '#world/exapps/registrations.ts'
import { withoutSlashes } from './ui-page.ts'

const actions = {
  app: 'app_api',
  path: '/apps/app_api/api/v1/ui/files-actions-menu',
  access: 'app-api',
  csrf: false,
} as const
const NO_ACTION = 'FileActionMenu not found'

const actionInput = {
  name: p.string(),
  displayName: p.string(),
  actionHandler: p.string().describe('Route of the ExApp that is called with the files'),
  icon: p.string().default(''),
  mime: p.string().default('file'),
  permissions: p.int().default(31),
  order: p.int().default(0),
}

/** The two versions differ in what the ExApp is sent when somebody clicks, and are kept as one. */
const registration = (version: '1.0' | '2.0') =>
  ({
    ...actions,
    path: `/apps/app_api/api/v${version === '1.0' ? 1 : 2}/ui/files-actions-menu`,
    id: `app_api-ocs_ui-register-file-action-menu${version === '1.0' ? '' : '-v2'}`,
    method: 'POST',
    summary: `Add an action (version ${version}) to the menu of files; the same name again replaces it`,
    input: actionInput,
    output: s.empty(),
  }) as const

type ActionInput = Parameters<Parameters<typeof defineEndpoint<string, typeof actionInput>>[0]['handle']>[0]

const registerAction =
  (version: '1.0' | '2.0') =>
  ({ input, world, actor, ok }: Pick<ActionInput, 'input' | 'world' | 'actor' | 'ok'>) => {
    registrations.put(world, 'file-action', actor.exApp!, [input.name], {
      name: input.name,
      display_name: input.displayName,
      mime: input.mime,
      permissions: String(input.permissions),
      order: input.order,
      icon: withoutSlashes(input.icon),
      action_handler: withoutSlashes(input.actionHandler),
      version,
    })
    return ok()
  }

export const registerFileAction = defineEndpoint({ ...registration('1.0'), handle: registerAction('1.0') })
export const registerFileActionV2 = defineEndpoint({ ...registration('2.0'), handle: registerAction('2.0') })

export const unregisterFileAction = defineEndpoint({
  ...actions,
  id: 'app_api-ocs_ui-unregister-file-action-menu',
  method: 'DELETE',
  summary: 'Take an action away from the menu of files',
  input: { name: p.string() },
  output: s.empty(),
  failures: { 404: NO_ACTION },
  handle: ({ input, world, actor, ok, fail }) =>
    registrations.remove(world, 'file-action', actor.exApp!, [input.name]) ? ok() : fail(404),
})

export const getFileAction = defineEndpoint({
  ...actions,
  id: 'app_api-ocs_ui-get-file-action-menu',
  method: 'GET',
  summary: 'An action in the menu of files that the ExApp registered',
  input: { name: p.string() },
  output: s.object({
    id: s.int(),
    appid: s.string(),
    name: s.string(),
    display_name: s.string(),
    mime: s.string(),
    permissions: s.string(),
    order: s.int(),
    icon: s.string(),
    action_handler: s.string(),
    version: s.string(),
  }),
  failures: { 404: NO_ACTION },
  handle: ({ input, world, actor, ok, fail }) => {
    const found = registrations.get(world, 'file-action', actor.exApp!, [input.name])
    return found ? ok(registrations.row(found)) : fail(404)
  },
})
