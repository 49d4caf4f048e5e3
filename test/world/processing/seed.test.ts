import { expect, it } from 'vitest'
import { createOcsMock } from '#index.ts'
import { preferredProvider } from '#world/processing/tasks.ts'
import { provides } from '#world/processing/text-tasks.ts'
import { canDetect, languages } from '#world/processing/translation.ts'

it('seeds who works on tasks, texts and translations', () => {
  const { world } = createOcsMock({
    seed: {
      processing: {
        tasks: [{ type: 'core:text2text', output: { output: 'Hi' } }],
        texts: [{ type: 'OCP\\TextProcessing\\SummaryTaskType', answer: 'Short' }],
        translations: [{ from: 'en', fromLabel: 'English', to: 'de', toLabel: 'German' }],
        detectLanguageAs: 'en',
      },
    },
  })
  expect(preferredProvider(world, 'core:text2text')).toMatchObject({ output: { output: 'Hi' }, exApp: null })
  expect(provides(world, 'OCP\\TextProcessing\\SummaryTaskType')).toBe(true)
  expect([languages(world).length, canDetect(world)]).toEqual([1, true])
})

it('names the place of a mistake', () => {
  const seed = { processing: { tasks: [{ type: 5 }] } } as never
  expect(() => createOcsMock({ seed })).toThrow(/processing\.tasks\[0\]\.type/)
})
