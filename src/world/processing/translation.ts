import { s } from '#lib/schema.ts'
import { defineTable } from '../define-table.ts'
import type { World } from '../world.ts'

/** A pair of languages that can be translated, by code and in words. */
export interface LanguagePair {
  readonly from: string
  readonly fromLabel: string
  readonly to: string
  readonly toLabel: string
}

export const pairsTable = defineTable<LanguagePair>('translations', {
  record: s.object({ from: s.string(), fromLabel: s.string(), to: s.string(), toLabel: s.string() }),
})
export const detectionTable = defineTable<{ readonly language: string }>('languageDetection', {
  record: s.object({ language: s.string() }),
})

export function provide(world: World, pair: LanguagePair): void {
  world.table(pairsTable).set(`${pair.from}/${pair.to}`, pair)
}

/** Texts whose language nobody names are in this one. */
export function detectAs(world: World, language: string): void {
  world.table(detectionTable).set('all', { language })
}

export function languages(world: World): LanguagePair[] {
  return [...world.table(pairsTable).values()]
}

export function canDetect(world: World): boolean {
  return world.table(detectionTable).size > 0
}

/** Which languages a text would be translated between. */
export function plan(
  world: World,
  from: string | null,
  to: string,
): { from: string } | 'no-provider' | 'not-detected' | 'not-possible' {
  if (languages(world).length === 0) return 'no-provider'
  const source = from ?? world.table(detectionTable).get('all')?.language
  if (!source) return 'not-detected'
  return world.table(pairsTable).has(`${source}/${to}`) ? { from: source } : 'not-possible'
}
