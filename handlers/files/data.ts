import { defineProfileData } from '#app/index.ts'
import type { PhpArray } from '#lib/php.ts'

/** An editor that opens files in a web view. */
export interface Editor extends PhpArray {
  readonly id: string
  readonly mimetypes: readonly string[]
}

/** A kind of file that an editor creates. */
export interface EditorCreator extends PhpArray {
  readonly id: string
  readonly editor: string
  readonly extension: string
  readonly mimetype: string
}

/** The editors of the release, all of them of the app `text`. */
export const directEditing = defineProfileData<{
  readonly editors: Readonly<Record<string, Editor>>
  readonly creators: Readonly<Record<string, EditorCreator>>
}>('direct-editing')

/** A kind of file that an app can create, as clients show it in a menu. */
export interface TemplateCreator extends PhpArray {
  readonly app: string
  readonly mimetypes: readonly string[]
}

export const templateCreators = defineProfileData<readonly TemplateCreator[]>('template-creators')
