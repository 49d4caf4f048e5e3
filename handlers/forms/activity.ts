import { userObject } from '#app/activity-provider.ts'
import { type ActivityContext, defineActivityFilter, defineActivityProvider, groups } from '#app/index.ts'
import type { RichObject, RichParameters } from '#app/rich-text.ts'
import type { JsonObject } from '#lib/json.ts'
import { recipientName } from '#world/sharing/recipients.ts'
import { nameOf } from './show.ts'
import { SHARE } from './state/access.ts'
import { findByHash } from './state/forms.ts'

const SHARED = '/core/img/actions/shared.svg'
const TEXTS: Readonly<Record<string, readonly [text: string, icon: string]>> = {
  newshare: ['{user} has shared the form {formTitle} with you', SHARED],
  newgroupshare: ['{user} has shared the form {formTitle} with group {group}', SHARED],
  newcircleshare: ['{user} has shared the form {formTitle} with team {circle}', '/apps/forms/img/forms-dark.svg'],
  newsubmission: ['Your form {formTitle} was answered by {user}', '/core/img/actions/add.svg'],
}

/** Who shared a form, and who answered one. */
export const formsProvider = defineActivityProvider(({ app, subject, parameters }, context) => {
  const [text, icon] = (app === 'forms' && TEXTS[subject]) || []
  if (text === undefined || icon === undefined) return null
  const given = Object.fromEntries(
    Object.entries(parameters as JsonObject).map(([name, value]) => [name, String(value)]),
  )
  const objects: RichParameters = {
    user: userOf(given.userId ?? '', context),
    formTitle: formOf(given, subject === 'newsubmission' ? '/results' : '', context),
    ...(given.groupId === undefined ? {} : { group: groupOf(given.groupId, context) }),
    ...(given.circleId === undefined ? {} : { circle: teamOf(given.circleId, context) }),
  }
  // Who has an account is named as any other (Forms 5.3.0, asked).
  const plain = Object.entries(objects).reduce(
    (told, [name, object]) => told.replaceAll(`{${name}}`, object.name!),
    text,
  )
  return { text, plain, parameters: objects, icon, ...(subject === 'newsubmission' ? { mergeBy: ['user'] } : {}) }
})

const userOf = (id: string, context: ActivityContext): RichObject =>
  id.startsWith('anon-user-') ? { type: 'highlight', id, name: 'Anonymous user' } : userObject(id, context)

function formOf(
  given: Readonly<Record<string, string>>,
  view: string,
  { world, baseUrl }: ActivityContext,
): RichObject {
  const { formHash: id = '', formTitle = '' } = given
  const form = findByHash(world, id)
  const link = `${baseUrl}/index.php/apps/forms/${form ? id + view : ''}`
  return { type: 'forms-form', id, name: form?.title ?? formTitle, link }
}

const groupOf = (id: string, { world }: ActivityContext): RichObject => ({
  type: 'user-group',
  id,
  name: groups.find(world, id)?.displayName ?? id,
})

function teamOf(id: string, { world, baseUrl }: ActivityContext): RichObject {
  const isThere = recipientName(world, { type: SHARE.team, sharedWith: id }) !== id
  const name = isThere ? nameOf(world, { id: 0, formId: 0, shareType: SHARE.team, shareWith: id, permissions: [] }) : id
  return { type: 'circle', id, name, link: isThere ? `${baseUrl}/index.php/apps/contacts/circle/${id}` : '' }
}

export const formsFilter = defineActivityFilter({
  id: 'forms',
  name: 'Forms',
  icon: '/apps/forms/img/forms-dark.svg',
  priority: 60,
  apps: ['forms'],
})
