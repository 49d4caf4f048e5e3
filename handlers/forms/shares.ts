import { defineEndpoint, groups, p, s, users } from '#app/index.ts'
import type { JsonObject } from '#lib/json.ts'
import { isEnabled } from '#world/settings/apps.ts'
import { collective } from '#world/sharing/recipients.ts'
import type { World } from '#world/world.ts'
import { BASE, FORM } from './forms.ts'
import { ARCHIVED, formFor, LOCKED, lockFor, NOT_ALLOWED } from './guard.ts'
import { tellShare } from './notices.ts'
import { shareSchema, showShare } from './show.ts'
import * as access from './state/access.ts'
import { shareUploads, unshareUploads } from './state/files.ts'
import * as forms from './state/forms.ts'

const SHARES = `${FORM}/shares` as const
const ONE_SHARE = `${SHARES}/{shareId}` as const
const TOKEN_LENGTH = 24
const { user, group, link, team } = access.SHARE
const TYPES: readonly number[] = [user, group, link, team]
const OF_ANOTHER = "Share doesn't belong to given Form"

/** Whether these can be given to somebody: answering always, and by a link no more than showing it elsewhere. */
function areGood(permissions: readonly unknown[], shareType: number): boolean {
  const known = access.PERMISSIONS.filter((one) => permissions.includes(one))
  if (known.length < permissions.length || !known.includes('submit')) return false
  if (known.includes('results_delete') && !known.includes('results')) return false
  return known.length === 1 || shareType !== link || (known.length === 2 && known.includes('embed'))
}

/** Why a form cannot be shared with somebody; `null`: it can. */
function problemOf(world: World, shareType: number, shareWith: string): string | null {
  if (shareType === user) return users.find(world, shareWith) ? null : 'Invalid user to share with.'
  if (shareType === group) return groups.find(world, shareWith) ? null : 'Invalid group to share with.'
  if (shareType !== team) return null
  if (!isEnabled(world, 'circles')) return 'Teams app is disabled.'
  const teams = collective(world).find(({ type }) => type === team)
  return teams?.nameOf(world, shareWith) === undefined ? 'Invalid team to share with.' : null
}

export const newShare = defineEndpoint({
  ...BASE,
  id: 'forms-share_api-new-share',
  method: 'POST',
  path: SHARES,
  summary: 'Share a form with an account, a group or a team, or by a link',
  input: {
    formId: p.int(),
    shareType: p.int(),
    shareWith: p.string().default(''),
    permissions: p.array().default(['submit']),
  },
  output: s.empty(),
  responses: { 201: shareSchema },
  failures: {
    400: [
      'Invalid shareType',
      'Invalid permission given',
      'Invalid user to share with.',
      'Invalid group to share with.',
      'Invalid team to share with.',
      'Teams app is disabled.',
    ],
    403: [NOT_ALLOWED, LOCKED, ARCHIVED, 'Link share not allowed.'],
  },
  handle: (args) => {
    const { input, me, world, fail, respond } = args
    const form = formFor(args, input.formId, 'own')
    if (forms.isArchived(form)) return fail(403, ARCHIVED)
    const { shareType } = input
    if (!TYPES.includes(shareType)) return fail(400, 'Invalid shareType')
    if (shareType === link && !forms.isAllowed(world, 'allowPublicLink')) return fail(403, 'Link share not allowed.')
    const given: readonly unknown[] = Object.values(input.permissions as JsonObject)
    if (!areGood(given, shareType)) return fail(400, 'Invalid permission given')
    const problem = problemOf(world, shareType, input.shareWith)
    if (problem !== null) return fail(400, problem)
    const lock = lockFor(args, form)
    const shareWith = shareType === link ? world.random.token(TOKEN_LENGTH, forms.READABLE) : input.shareWith
    const permissions = given.map(String)
    const share = access.addShare(world, { formId: form.id, shareType, shareWith, permissions })
    forms.change(world, form, lock)
    tellShare(world, form, share, me)
    return respond(201, showShare(world, share))
  },
})

export const updateShare = defineEndpoint({
  ...BASE,
  id: 'forms-share_api-update-share',
  method: 'PATCH',
  path: ONE_SHARE,
  summary: 'Change what those may do whom a form is shared with, or the token of a link',
  input: { formId: p.int(), shareId: p.int(), keyValuePairs: p.array() },
  output: s.int(),
  failures: {
    400: [OF_ANOTHER, 'Invalid permission given', 'Invalid share token'],
    403: [
      NOT_ALLOWED,
      LOCKED,
      ARCHIVED,
      'Empty keyValuePairs, will not update',
      'Not allowed to update other properties than permissions or token',
      'Custom public share tokens are not allowed.',
      'Not allowed to update token on non-link share',
    ],
    404: 'Could not find share',
  },
  handle: (args) => {
    const { input, world, ok, fail, crash } = args
    const form = formFor(args, input.formId, 'own')
    if (forms.isArchived(form)) return fail(403, ARCHIVED)
    const share = access.findShare(world, input.shareId)
    if (!share) return fail(404)
    if (share.formId !== form.id) return fail(400, OF_ANOTHER)
    const given = Object.fromEntries(Object.entries(input.keyValuePairs as JsonObject))
    const names = Object.keys(given)
    if (names.length === 0) return fail(403, 'Empty keyValuePairs, will not update')
    if (names.some((name) => name !== 'permissions' && name !== 'token'))
      return fail(403, 'Not allowed to update other properties than permissions or token')
    const { permissions, token } = given
    if (permissions !== undefined && (typeof permissions !== 'object' || permissions === null)) return crash()
    const wanted = permissions === undefined ? null : Object.values(permissions)
    if (wanted && !areGood(wanted, share.shareType)) return fail(400, 'Invalid permission given')
    if (token !== undefined) {
      if (!forms.isAllowed(world, 'allowCustomPublicShareTokens', false))
        return fail(403, 'Custom public share tokens are not allowed.')
      if (share.shareType !== link) return fail(403, 'Not allowed to update token on non-link share')
      if (wanted === null && token === share.shareWith) return ok(share.id)
      if (typeof token !== 'string' || !/^[a-zA-Z0-9]{1,256}$/.test(token)) return fail(400, 'Invalid share token')
      const other = access.findLink(world, token)
      if (other && other.id !== share.id) return fail(400, 'Invalid share token')
    }
    const lock = lockFor(args, form)
    const changed = access.putShare(world, {
      ...share,
      ...(typeof token === 'string' ? { shareWith: token } : {}),
      ...(wanted ? { permissions: wanted.map(String) } : {}),
    })
    if (wanted?.includes('results')) shareUploads(world, form, changed)
    else if (wanted) unshareUploads(world, form, changed)
    forms.change(world, form, lock)
    return ok(share.id)
  },
})

export const deleteShare = defineEndpoint({
  ...BASE,
  id: 'forms-share_api-delete-share',
  method: 'DELETE',
  path: ONE_SHARE,
  summary: 'Take a share of a form back',
  input: { formId: p.int(), shareId: p.int() },
  output: s.int(),
  failures: { 400: OF_ANOTHER, 403: [NOT_ALLOWED, LOCKED, ARCHIVED], 404: 'Could not find share' },
  handle: (args) => {
    const { input, world, ok, fail } = args
    const form = formFor(args, input.formId, 'own')
    if (forms.isArchived(form)) return fail(403, ARCHIVED)
    const share = access.findShare(world, input.shareId)
    if (!share) return fail(404)
    if (share.formId !== form.id) return fail(400)
    const lock = lockFor(args, form)
    if (share.permissions.includes('results')) unshareUploads(world, form, share)
    access.removeShare(world, share)
    forms.change(world, form, lock)
    return ok(share.id)
  },
})

export const generateToken = defineEndpoint({
  ...BASE,
  id: 'forms-share_api-generate-token',
  method: 'GET',
  path: '/apps/forms/api/v3/token',
  summary: 'A token that a link could have',
  output: s.object({ token: s.secret() }),
  failures: { 403: 'Custom public share tokens are not allowed.' },
  handle: ({ world, ok, fail }) =>
    forms.isAllowed(world, 'allowCustomPublicShareTokens', false)
      ? ok({ token: world.random.token(TOKEN_LENGTH, forms.READABLE) })
      : fail(403),
})
