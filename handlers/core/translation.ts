import { defineEndpoint, p, s } from '#app/index.ts'
import * as translation from '#world/processing/translation.ts'
import { fakeText } from './fake-task-results.ts'
import { messageSchema } from './task-format.ts'

const LONGEST_INPUT = 64_000

export const translationLanguages = defineEndpoint({
  id: 'core-translation_api-languages',
  app: 'core',
  method: 'GET',
  path: '/translation/languages',
  access: 'public',
  summary: 'Pairs of languages that can be translated, and whether languages can be told',
  output: s.object({
    languages: s.list(s.object({ from: s.string(), fromLabel: s.string(), to: s.string(), toLabel: s.string() })),
    languageDetection: s.bool(),
  }),
  handle: ({ world, ok }) =>
    ok({
      languages: translation.languages(world).map((pair) => ({ ...pair })),
      languageDetection: translation.canDetect(world),
    }),
})

/** The translation is a made up text, marked with the language it should be in. */
export const translate = defineEndpoint({
  id: 'core-translation_api-translate',
  app: 'core',
  method: 'POST',
  path: '/translation/translate',
  access: 'public',
  summary: 'Translate a text',
  input: { text: p.string(), fromLanguage: p.string().orNull(), toLanguage: p.string() },
  output: s.object({ text: s.string(), from: s.nullable(s.string()) }),
  responses: { 400: s.object({ message: s.string(), from: s.optional(s.nullable(s.string())) }), 412: messageSchema },
  handle: async ({ input, world, ok, respond }) => {
    if (input.text.length > LONGEST_INPUT) return respond(400, { message: 'Input text is too long' })
    const plan = translation.plan(world, input.fromLanguage, input.toLanguage)
    switch (plan) {
      case 'no-provider':
        return respond(412, { message: 'No translation provider available' })
      case 'not-detected':
        return respond(400, { message: 'Could not detect language' })
      case 'not-possible':
        return respond(400, { message: 'Unable to translate', from: input.fromLanguage })
      default:
        return ok({ text: `[${input.toLanguage}] ${fakeText(world)}`, from: plan.from })
    }
  },
})
