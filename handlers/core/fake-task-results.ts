import type { Json } from '#lib/json.ts'
import type { Profile } from '#profiles/profile.ts'
import * as processing from '#world/processing/tasks.ts'
import type { World } from '#world/world.ts'
import { typeOf } from './task-types.ts'

/**
 * Finish what the fake has to do by itself: a scheduled task is done when it is looked at again. Where the
 * seed says nothing, faker makes up a text, the same for the same world.
 */
export function settle(world: World, profile: Profile): void {
  for (const { task, provider } of processing.waitingForUs(world)) {
    const type = typeOf(world, profile, task.type)
    const output: Record<string, Json> = {}
    for (const [key, slot] of Object.entries(type?.outputShape ?? {})) {
      output[key] = provider.output?.[key] ?? makeUp(world, slot.type)
    }
    processing.finish(world, processing.setProgress(world, task, 0), type, { output, error: null, shown: null })
  }
}

function makeUp(world: World, type: string): Json {
  if (type === 'Number') return world.random.int(1, 100)
  const text = fakeText(world)
  return type.startsWith('ListOf') ? [text] : text
}

/** Faker brings such words too, with a quarter of a megabyte of other data that every start would load. */
const WORDS =
  'lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor incididunt ut labore et dolore magna aliqua'.split(
    ' ',
  )

/** Two sentences that mean nothing, the same for the same world. */
export function fakeText(world: World): string {
  const { random } = world
  const sentence = () => {
    const words = Array.from({ length: random.int(4, 9) }, () => random.pick(WORDS))
    const text = words.join(' ')
    return `${text[0]!.toUpperCase()}${text.slice(1)}.`
  }
  return `${sentence()} ${sentence()}`
}
