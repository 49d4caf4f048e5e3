import { inPlace } from '#lib/errors.ts'
import { s } from '#lib/schema.ts'
import type { World } from '../world.ts'
import * as processing from './tasks.ts'
import * as texts from './text-tasks.ts'
import * as translation from './translation.ts'

/** Who works on tasks, texts and translations. A fresh installation has nobody. */
export interface ProcessingSeed {
  /** Kinds of tasks (`core:text2text`) that the fake does, with the output it gives; without it, something made up. */
  readonly tasks?: readonly {
    readonly type: string
    readonly expectedRuntime?: number
    readonly output?: Readonly<Record<string, unknown>>
  }[]
  /** Kinds of tasks of the older API (`OCP\TextProcessing\SummaryTaskType`). */
  readonly texts?: readonly { readonly type: string; readonly answer?: string }[]
  readonly translations?: readonly translation.LanguagePair[]
  /** Texts whose language nobody names are in this one. */
  readonly detectLanguageAs?: string
}

export const processingSchema = s.object({
  tasks: s.optional(
    s.list(s.object({ type: s.string(), expectedRuntime: s.optional(s.int()), output: s.optional(s.record(s.any())) })),
  ),
  texts: s.optional(s.list(s.object({ type: s.string(), answer: s.optional(s.string()) }))),
  translations: s.optional(
    s.list(s.object({ from: s.string(), fromLabel: s.string(), to: s.string(), toLabel: s.string() })),
  ),
  detectLanguageAs: s.optional(s.string()),
})

export function seedProcessing(world: World, seed: ProcessingSeed): void {
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
