import { defineScenarioAction } from '#app/scenario-action.ts'
import { SeedError } from '#lib/errors.ts'
import { s } from '#lib/schema.ts'
import * as exApps from '#world/exapps/exapps.ts'
import type { World } from '#world/world.ts'
import { exAppSeedSchema, seedExApp } from './seed.ts'

export const registerExApp = defineScenarioAction({
  name: 'registerExApp',
  description: 'register an ExApp at a daemon',
  schema: exAppSeedSchema,
  run: ({ world }, given) => seedExApp(world, given),
})

export const disableExApp = defineScenarioAction({
  name: 'disableExApp',
  description: 'disable an ExApp',
  schema: s.string(),
  run: ({ world }, id) => exApps.setEnabled(world, known(world, id), false),
})

export const enableExApp = defineScenarioAction({
  name: 'enableExApp',
  description: 'enable an ExApp',
  schema: s.string(),
  run: ({ world }, id) => exApps.setEnabled(world, known(world, id), true),
})

export const unregisterExApp = defineScenarioAction({
  name: 'unregisterExApp',
  description: 'remove an ExApp',
  schema: s.string(),
  run: ({ world }, id) => void exApps.remove(world, known(world, id)),
})

function known(world: World, id: string): string {
  if (exApps.find(world, id)) return id
  const all = exApps.list(world).map((one) => one.id)
  throw new SeedError([], `there is no ExApp "${id}". There are: ${all.join(', ') || 'none'}.`)
}
