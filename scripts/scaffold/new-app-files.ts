import { defineApp } from '#app/define-app.ts'
import { appFiles } from '#cli/new-app/app-files.ts'
import { profiles } from '#profiles/index.ts'
import { handlersTest } from './handlers-test.ts'
import type { Files } from './scaffold.ts'

export interface NewAppOptions {
  readonly name?: string | undefined
  readonly summary?: string | undefined
  /** The files that its folders hold now. */
  readonly files: Files
}

/** The folders of an app: of its handlers, and of their tests. */
export const foldersOf = (id: string) => [`handlers/${id}`, `test/handlers/${id}`] as const

/**
 * The files of a new app of `handlers/`, and of its test. What profiles do not say of it, its `app.ts` does.
 * @throws Error that says what is wrong with its id, or that the app is there
 */
export function newAppFiles(id: string, { name = id, summary = `What ${id} does`, files }: NewAppOptions): Files {
  // Says what is wrong with the id.
  defineApp(id, {})
  const [found] = Object.keys(files)
  if (found) throw new Error(`${found} is there already.`)
  const [home, tests] = foldersOf(id)
  const known = Object.values(profiles)
    .flatMap(({ apps }) => apps)
    .find((app) => app.id === id)
  const app = appFiles({ id, info: known ? null : { name, version: '1.0.0', summary }, from: '#app/index.ts' })
  return {
    ...Object.fromEntries(Object.entries(app).map(([file, text]) => [`${home}/${file}`, text])),
    [`${tests}/items.test.ts`]: handlersTest(id, known?.enabled ?? true),
  }
}
