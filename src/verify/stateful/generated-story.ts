import type { Form, Step, Story } from '#app/story.ts'

/** How many values are tried in each story, and which. */
export interface Generation {
  /** How many times a story is told with values of its own; more where one deviates, to find the smallest that does. */
  readonly cases: number
  /** The same seed gives the same values. */
  readonly seed: number
}

/** How often a story that deviates is told with smaller texts. */
const MOST_SHRINKS = 24

/** What people write: names, messages, labels. Keys, ids, times and paths are none. */
const FREE_TEXT = /^[A-Z][\w ,'’-]*$/

/** The texts of a story that could be others, each once. */
export function textsOf({ steps }: Story): string[] {
  const values = steps.flatMap(({ form = {} }) => Object.values(form).filter((value) => typeof value === 'string'))
  return [...new Set(values.filter((value) => FREE_TEXT.test(value)))]
}

/** The same story with other texts, in the places of the first ones wherever these stand. */
export function withTexts(story: Story, texts: readonly string[], others: readonly string[]): Story {
  const other = new Map(texts.map((text, i) => [text, others[i]!]))
  const replaced = (form: Form): Form =>
    Object.fromEntries(
      Object.entries(form).map(([name, value]) => [
        name,
        typeof value === 'string' ? (other.get(value) ?? value) : value,
      ]),
    )
  const steps = story.steps.map((step): Step => (step.form ? { ...step, form: replaced(step.form) } : step))
  return { ...story, name: `${story.name} with ${others.map((text) => JSON.stringify(text)).join(', ')}`, steps }
}

/** Whether a story deviates; what deviates is kept by the one who tells it. */
export type Tell = (story: Story) => Promise<boolean>

/**
 * Tell a story with other texts, and where that deviates with ever smaller ones, so that the last one told that
 * deviates is the smallest.
 */
export async function tellWithOthers(story: Story, { cases, seed }: Generation, deviates: Tell): Promise<void> {
  const texts = textsOf(story)
  if (texts.length === 0) return
  const { array, asyncProperty, check, string } = await import('fast-check')
  // Braces are names in stories.
  const text = string({ unit: 'grapheme', maxLength: 40 }).map((value) => value.replace(/[{}]/g, ''))
  const others = array(text, { minLength: texts.length, maxLength: texts.length })
  let told = 0
  const holds = async (values: readonly string[]) =>
    ++told > cases + MOST_SHRINKS || !(await deviates(withTexts(story, texts, values)))
  await check(asyncProperty(others, holds), { numRuns: cases, seed })
}
