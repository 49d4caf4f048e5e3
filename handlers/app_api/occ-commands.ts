import { defineEndpoint, p, s } from '#app/index.ts'
import * as exApps from '#world/exapps/exapps.ts'
import * as registrations from '#world/exapps/registrations.ts'

const route = { app: 'app_api', path: '/apps/app_api/api/v1/occ_command', access: 'app-api', csrf: false } as const

/** Nothing is checked: what a command cannot be shows when somebody runs occ. */
export const registerCommand = defineEndpoint({
  ...route,
  id: 'app_api-occ_command-register-command',
  method: 'POST',
  summary: 'Add a command to occ, which calls the ExApp when it runs; the same name again replaces it',
  input: {
    name: p.string(),
    description: p.string(),
    execute_handler: p.string().describe('Route of the ExApp that is called with arguments and options'),
    hidden: p.int().default(0),
    arguments: p.array().default([]).describe('Each with name, mode (required, optional, array), description, default'),
    options: p
      .array()
      .default([])
      .describe('Each with name, shortcut, mode (required, optional, none, array, negatable), description, default'),
    usages: p.array().default([]),
  },
  output: s.empty(),
  handle: ({ input, world, actor, ok }) => {
    registrations.put(world, 'occ-command', actor.exApp!, [input.name], {
      name: input.name,
      description: input.description,
      hidden: input.hidden,
      arguments: input.arguments,
      options: input.options,
      usages: input.usages,
      execute_handler: input.execute_handler.replace(/^\/+/, ''),
    })
    return ok()
  },
})

export const unregisterCommand = defineEndpoint({
  ...route,
  id: 'app_api-occ_command-unregister-command',
  method: 'DELETE',
  summary: 'Take a command of the ExApp away from occ',
  input: { name: p.string() },
  output: s.empty(),
  responses: { 404: s.empty() },
  handle: ({ input, world, actor, ok, respond }) =>
    registrations.remove(world, 'occ-command', actor.exApp!, [input.name]) ? ok() : respond(404),
})

export const getCommand = defineEndpoint({
  ...route,
  id: 'app_api-occ_command-get-command',
  method: 'GET',
  summary: 'A command that the ExApp registered',
  input: { name: p.string() },
  output: s.object({
    id: s.int(),
    appid: s.string(),
    name: s.string(),
    description: s.string(),
    hidden: s.int(),
    arguments: s.list(s.any()),
    options: s.list(s.any()),
    usages: s.list(s.string()),
    execute_handler: s.string(),
  }),
  responses: { 404: s.empty() },
  handle: ({ input, world, actor, ok, respond }) => {
    const found = registrations.get(world, 'occ-command', actor.exApp!, [input.name])
    // Only those of enabled ExApps are looked through.
    if (!found || !exApps.find(world, actor.exApp!)?.enabled) return respond(404)
    return ok(registrations.row(found))
  },
})
