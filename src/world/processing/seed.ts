import { inPlace } from '#lib/errors.ts'
import { type Infer, s } from '#lib/schema.ts'
import type { World } from '../world.ts'
import * as processing from './tasks.ts'
import * as texts from './text-tasks.ts'
import * as translation from './translation.ts'

/** Who works on tasks, texts and translations. A fresh installation has nobody. */
export const processingSeedSchema = s.object({
  tasks: s.optional(
    s.described(
      'kinds of tasks (`core:text2text`) that the fake does, with the output it gives; without it, something made up',
      s.list(
        s.object({ type: s.string(), expectedRuntime: s.optional(s.int()), output: s.optional(s.record(s.json())) }),
      ),
    ),
  ),
  texts: s.optional(
    s.described(
      'kinds of tasks of the older API (`OCP\\TextProcessing\\SummaryTaskType`)',
      s.list(s.object({ type: s.string(), answer: s.optional(s.string()) })),
    ),
  ),
  translations: s.optional(
    s.list(s.object({ from: s.string(), fromLabel: s.string(), to: s.string(), toLabel: s.string() })),
  ),
  detectLanguageAs: s.optional(s.described('texts whose language nobody names are in this one', s.string())),
})

export function seedProcessing(world: World, seed: Infer<typeof processingSeedSchema>): void {
  seed.tasks?.forEach(({ type, expectedRuntime = 0, output }, i) => {
    inPlace(i, () =>
      processing.provide(world, {
        id: `ocs-mock:${type}`,
        taskType: type,
        exApp: null,
        expectedRuntime,
        ...(output ? { output } : {}),
      }),
    )
  })
  for (const { type, answer } of seed.texts ?? []) texts.provide(world, type, answer ?? null)
  for (const pair of seed.translations ?? []) translation.provide(world, pair)
  if (seed.detectLanguageAs) translation.detectAs(world, seed.detectLanguageAs)
}
