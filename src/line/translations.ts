import { UserError } from '#lib/errors.ts'
import type { MaybePromise } from '#lib/maybe-promise.ts'
import type { Denial } from './authorize.ts'
import type { Result } from './endpoint.ts'
import type { Asking, Texts } from './texts.ts'
import type { Translator } from './translator.ts'

/** Translations that a user laid over what is answered. What reads them is loaded with the first answer. */
export class Translations {
  readonly #texts: Texts
  #translator: Promise<Translator> | undefined
  #loaded: Translator | undefined

  /** @throws UserError where it is not apps by language */
  constructor(texts: Texts) {
    // What is read from a folder is read when it is needed.
    const membersOf = (value: object) => Object.values(Object.getOwnPropertyDescriptors(value))
    const isRecord = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value)
    for (const [language, apps] of Object.entries(isRecord(texts) ? texts : { '': texts }))
      if (!isRecord(apps) || !membersOf(apps).every(({ get, value }) => get || isRecord(value)))
        throw new UserError(
          `Failed to read the texts${language && ` of "${language}"`}: write them by language and app, such as { de: { files: { New: "Neu" } } }.`,
        )
    this.#texts = texts
  }

  /** What a handler decided, in the language of the request. */
  result(result: Result, asking: Asking): MaybePromise<Result> {
    return this.#with((translator) => translator.result(result, asking))
  }

  /** One message. */
  message(message: string, asking: Asking): MaybePromise<string> {
    return this.#with((translator) => translator.message(message, asking))
  }

  /** Why somebody may not. */
  denial(denial: Denial, asking: Asking): MaybePromise<Denial> {
    return this.#with((translator) => ({ ...denial, message: translator.message(denial.message, asking) }))
  }

  #with<T>(use: (translator: Translator) => T): MaybePromise<T> {
    if (this.#loaded) return use(this.#loaded)
    this.#translator ??= import('./translator.ts').then(({ Translator }) => {
      this.#loaded = new Translator(this.#texts)
      return this.#loaded
    })
    return this.#translator.then(use)
  }
}
