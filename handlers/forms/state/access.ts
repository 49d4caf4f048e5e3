import { groups } from '#app/index.ts'
import { isAmong, recipientsOf } from '#world/sharing/recipients.ts'
import type { ShareType } from '#world/sharing/share.ts'
import type { World } from '#world/world.ts'
import * as forms from './forms.ts'
import { ACCESS, type Form, type FormShare, formsTable, sharesTable, those } from './records.ts'
import { countSubmissions } from './submissions.ts'

export const SHARE = { user: 0, group: 1, link: 3, team: 7 } as const
/** What somebody may do to a form, as owners have it. */
export const PERMISSIONS = ['edit', 'embed', 'results', 'results_delete', 'submit'] as const
export type Permission = (typeof PERMISSIONS)[number]

/** The shares of a form: accounts, groups, links, teams. */
export const sharesOf = (world: World, formId: number): FormShare[] =>
  those(world.table(sharesTable).values(), (share) => share.formId === formId).toSorted(
    (a, b) => a.shareType - b.shareType || a.id - b.id,
  )

export const findShare = (world: World, id: number): FormShare | undefined => world.table(sharesTable).get(String(id))

export const findLink = (world: World, token: string): FormShare | undefined =>
  [...world.table(sharesTable).values()].find((one) => one.shareType === SHARE.link && one.shareWith === token)

export function putShare(world: World, share: FormShare): FormShare {
  world.table(sharesTable).set(String(share.id), share)
  return share
}

export const addShare = (world: World, made: Omit<FormShare, 'id'>): FormShare =>
  putShare(world, { ...made, id: world.nextId('formShare') })

export const removeShare = (world: World, { id }: FormShare): void => {
  world.table(sharesTable).delete(String(id))
}

const reaches = (world: World, { shareType, shareWith }: FormShare, userId: string): boolean =>
  shareType === SHARE.user
    ? shareWith === userId
    : shareType === SHARE.group
      ? groups.isMember(world, shareWith, userId)
      : shareType === SHARE.team && isAmong(world, received(shareType, shareWith), userId)

const received = (shareType: number, sharedWith: string) => ({ type: shareType as ShareType, sharedWith })

/** The accounts that a share reaches. */
export const reachedBy = (world: World, { shareType, shareWith }: FormShare): readonly string[] =>
  shareType === SHARE.link ? [] : recipientsOf(world, received(shareType, shareWith))

const sharesWith = (world: World, form: Form, userId: string) =>
  sharesOf(world, form.id).filter((share) => reaches(world, share, userId))

/** Whether every account may answer a form. */
const isOpen = (world: World, { access }: Form) => access !== ACCESS.none && forms.isAllowed(world, 'allowPermitAll')

/** What an account may do to a form. @param userId `null`: nobody is logged in */
export function permissionsOf(world: World, form: Form, userId: string | null): readonly string[] {
  if (userId === null) return []
  if (userId === form.ownerId) return PERMISSIONS
  const shared = [...new Set(sharesWith(world, form, userId).flatMap(({ permissions }) => permissions))]
  return shared.length > 0 ? shared : isOpen(world, form) ? ['submit'] : []
}

const has = (world: World, form: Form, userId: string, permission: Permission) =>
  permissionsOf(world, form, userId).includes(permission)

/** Whether an account may open a form. */
export const hasAccess = (world: World, form: Form, userId: string | null): boolean =>
  userId !== null && (form.ownerId === userId || isOpen(world, form) || sharesWith(world, form, userId).length > 0)

export const mayEdit = (world: World, form: Form, userId: string): boolean => has(world, form, userId, 'edit')

/** Who answered sees what they answered. */
export const maySeeResults = (world: World, form: Form, userId: string): boolean =>
  countSubmissions(world, form.id, userId) > 0 || has(world, form, userId, 'results')

/** Who answered may change that, where the form says so; nobody while it is archived. */
export function mayDeleteResults(world: World, form: Form, userId: string): boolean {
  if (forms.isArchived(form)) return false
  if (has(world, form, userId, 'results_delete')) return true
  return form.allowEditSubmissions && countSubmissions(world, form.id, userId) > 0
}

/** Once, unless the form takes several; owners always, and everybody where there is a link. */
export function maySubmit(world: World, form: Form, userId: string | null): boolean {
  if (sharesOf(world, form.id).some(({ shareType }) => shareType === SHARE.link)) return true
  if (userId === null || userId === form.ownerId || form.submitMultiple) return true
  return countSubmissions(world, form.id, userId) === 0
}

/** The forms of others that an account sees in its list, those changed last first. */
export function sharedWith(world: World, userId: string): Form[] {
  const isShown = ({ access }: Form) =>
    access === ACCESS.showToAllUsers &&
    forms.isAllowed(world, 'allowPermitAll') &&
    forms.isAllowed(world, 'allowShowToAll')
  return those(world.table(formsTable).values(), (form) => form.ownerId !== userId)
    .filter((form) => isShown(form) || sharesWith(world, form, userId).length > 0)
    .toSorted(forms.lastUpdatedFirst)
}
