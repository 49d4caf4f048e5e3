import { UserError } from '#lib/errors.ts'
import type { OcsMockOptions } from '#mock.ts'

const FORM = /^([a-z][a-z0-9_]*)=(.+)$/

/**
 * What `--page` says: `ID=URL`, the page of an app and the script that it loads.
 * @throws UserError for anything else, and for an app that is named twice
 */
export function readPages(given: readonly string[]): NonNullable<OcsMockOptions['pages']> {
  const pages: Record<string, { readonly script: string }> = {}
  for (const text of given) {
    const [, app, script] = FORM.exec(text) ?? []
    if (app === undefined || script === undefined) {
      throw new UserError(
        `Failed to read --page "${text}". Write an app's id and its script, such as --page myapp=http://localhost:5173/src/main.js`,
      )
    }
    if (Object.hasOwn(pages, app)) throw new UserError(`Failed to read --page: "${app}" has two scripts. Name one.`)
    pages[app] = { script }
  }
  return pages
}
