import { activities } from '#app/index.ts'
import type { JsonObject } from '#lib/json.ts'
import { isEnabled } from '#world/settings/apps.ts'
import type { World } from '#world/world.ts'
import { reachedBy, SHARE, sharesOf } from './state/access.ts'
import type { Form, FormShare, Submission } from './state/records.ts'

/** Subjects of shares by their types, with the member that names the recipient; who is shared with is not named. */
const SUBJECTS: Readonly<Record<number, readonly [subject: string, member: string | null]>> = {
  [SHARE.user]: ['newshare', null],
  [SHARE.group]: ['newgroupshare', 'groupId'],
  [SHARE.team]: ['newcircleshare', 'circleId'],
}

function tell(
  world: World,
  form: Form,
  to: string,
  { type, author, subject, more = {} }: { type: string; author: string; subject: string; more?: JsonObject },
): void {
  if (!isEnabled(world, 'activity')) return
  const parameters = { userId: author, ...more, formTitle: form.title, formHash: form.hash }
  const about = { objectType: 'form', objectId: form.id }
  activities.add(world, { userId: to, app: 'forms', type, author, subject, parameters, ...about })
}

/** Whom a form is shared with finds that among the activities. */
export function tellShare(world: World, form: Form, share: FormShare, by: string): void {
  const [subject, member] = SUBJECTS[share.shareType] ?? []
  if (subject === undefined) return
  const more = member ? { [member]: share.shareWith } : {}
  for (const userId of reachedBy(world, share))
    tell(world, form, userId, { type: 'forms_newshare', author: by, subject, more })
}

/** Whose form was answered finds that among the activities, as do those who see results. */
export function tellSubmission(world: World, form: Form, { userId: author }: Submission): void {
  const subject = 'newsubmission'
  tell(world, form, form.ownerId, { type: 'forms_newsubmission', author, subject })
  const readers = sharesOf(world, form.id)
    .filter(({ permissions }) => permissions.includes('results'))
    .flatMap((share) => reachedBy(world, share))
  for (const userId of new Set(readers))
    if (userId !== form.ownerId) tell(world, form, userId, { type: 'forms_newsharedsubmission', author, subject })
}
