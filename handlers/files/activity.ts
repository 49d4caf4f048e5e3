import {
  type ActivityContext,
  defineActivityProvider,
  fileObject,
  partsOf,
  userObject,
} from '#app/activity-provider.ts'
import type { RichParameters } from '#app/rich-text.ts'
import type { Activity } from '#world/notices/activities.ts'

const CHANGE = '/apps/files/img/change.svg'
const ICONS: Readonly<Record<string, string>> = {
  created: '/apps/files/img/add-color.svg',
  changed: CHANGE,
  deleted: '/apps/files/img/delete-color.svg',
  restored: '/core/img/actions/history.svg',
  renamed: CHANGE,
  moved: CHANGE,
}

/** What becomes of files; who looks at one file alone is told in fewer words what others did. */
export const filesProvider = defineActivityProvider((activity, context) => {
  if (activity.app !== 'files') return null
  if (activity.type === 'favorite') return favorite(activity, context)
  const [, verb = '', who = ''] = /^([a-z]+)_(self|by)$/.exec(activity.subject) ?? []
  const icon = ICONS[verb]
  if (icon === undefined) return null
  const parts = partsOf(activity.parameters)
  const moves = verb === 'renamed' || verb === 'moved'
  const user: RichParameters = who === 'by' ? { user: userObject(String(parts[1]), context) } : {}
  const parameters: RichParameters = moves
    ? { newfile: fileObject(parts[0], context), ...user, oldfile: fileObject(parts.at(-1), context) }
    : { file: fileObject(parts[0], context), ...user }
  const mergeBy = [verb === 'moved' ? 'oldfile' : 'file', 'user']
  if (who === 'by' && context.isAbout(activity.objectType, activity.objectId)) {
    return { text: `${capital(verb)} by {user}`, parameters, icon, mergeBy: ['user'] }
  }
  const actor = who === 'by' ? '{user}' : 'You'
  return { text: `${actor} ${verb} ${objectsText(verb, parameters)}`, parameters, icon, mergeBy }
})

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1)

function objectsText(verb: string, { oldfile, newfile }: RichParameters): string {
  if (verb === 'moved') return '{oldfile} to {newfile}'
  if (verb !== 'renamed') return '{file}'
  const hidden = (name: string | undefined) => (name?.startsWith('.') ? ' (hidden)' : '')
  return `{oldfile}${hidden(oldfile?.name)} to {newfile}${hidden(newfile?.name)}`
}

function favorite({ subject, parameters, objectType, objectId }: Activity, context: ActivityContext) {
  const added = subject === 'added_favorite'
  const icon = `/core/img/actions/${added ? 'starred' : 'star'}.svg`
  const type = added ? 'favorite' : 'unfavorite'
  if (context.isAbout(objectType, objectId)) {
    const plain = added ? 'Added to favorites' : 'Removed from favorites'
    return { text: '', plain, parameters: {}, icon, type }
  }
  const text = added ? 'You added {file} to your favorites' : 'You removed {file} from your favorites'
  return { text, parameters: { file: fileObject(partsOf(parameters)[0], context) }, icon, type, mergeBy: ['file'] }
}
