import { getApp, getSystem } from '../settings/config.ts'
import type { World } from '../world.ts'

/** All permissions that a share can have; their sum is what a folder of one's own has. */
export const PERMISSION = { read: 1, update: 2, create: 4, delete: 8, share: 16, all: 31 } as const

/** The three kinds of shares that have their own rules about expiry. */
export type ExpiryKind = 'link' | 'internal' | 'remote'

/** What the administrator decided about the expiry of one kind of shares. */
export interface ExpiryRule {
  /** Shares get an expiry where none is given. */
  readonly byDefault: boolean
  /** Longest time to live in days; also the default. */
  readonly days: number
  /** A share without expiry, or with a later one, is refused. */
  readonly enforced: boolean
  /** Default in days where it is shorter than the longest. */
  readonly defaultDays: number
}

const yes = (world: World, app: string, key: string, fallback: 'yes' | 'no') =>
  getApp(world, app, key, fallback) === 'yes'

/** Settings that are typed as booleans take more words than the old ones, which know only `yes`. */
function flag(world: World, app: string, key: string, fallback: boolean): boolean {
  const value = getApp(world, app, key, '')
  return value === '' ? fallback : ['1', 'true', 'yes', 'on'].includes(value.toLowerCase())
}

const days = (world: World, key: string, fallback: string) =>
  Number.parseInt(getApp(world, 'core', key, fallback), 10) || 0

export const isApiEnabled = (world: World) => yes(world, 'core', 'shareapi_enabled', 'yes')
export const allowsGroups = (world: World) => yes(world, 'core', 'shareapi_allow_group_sharing', 'yes')
export const allowsResharing = (world: World) => flag(world, 'core', 'shareapi_allow_resharing', true)
export const allowsPublicUpload = (world: World) => yes(world, 'core', 'shareapi_allow_public_upload', 'yes')
export const allowsCustomTokens = (world: World) => flag(world, 'core', 'shareapi_allow_custom_tokens', false)
export const allowsOutgoingRemote = (world: World) =>
  yes(world, 'files_sharing', 'outgoing_server2server_share_enabled', 'yes')
export const allowsIncomingRemote = (world: World) =>
  yes(world, 'files_sharing', 'incoming_server2server_share_enabled', 'yes')
export const allowsOutgoingRemoteGroups = (world: World) =>
  yes(world, 'files_sharing', 'outgoing_server2server_group_share_enabled', 'no')
/** Links carry the permission to share, so that other servers can mount them. */
export const federatesLinks = (world: World) => flag(world, 'core', 'shareapi_allow_federation_on_public_shares', true)
export const asksForPassword = (world: World) => flag(world, 'core', 'shareapi_enable_link_password_by_default', false)
export const notifiesPublicly = (world: World) => yes(world, 'core', 'shareapi_allow_public_notification', 'no')
export const hidesSharesOfDisabled = (world: World) => yes(world, 'files_sharing', 'hide_disabled_user_shares', 'no')
export const excludesReshareFromEdit = (world: World) =>
  flag(world, 'files_sharing', 'shareapi_exclude_reshare_from_edit', false)
/** What must not be downloaded may still be looked at. */
export const allowsViewWithoutDownload = (world: World) =>
  flag(world, 'core', 'shareapi_allow_view_without_download', true)
export const showsUnique = (world: World) => yes(world, 'files_sharing', 'always_show_unique', 'yes')
export const sendsShareMail = (world: World) => getSystem(world, 'sharing.enable_share_mail', true)

export function defaultPermissions(world: World): number {
  return Number.parseInt(getApp(world, 'core', 'shareapi_default_permissions', '31'), 10) || 0
}

const EXPIRY_KEYS = {
  link: {
    on: 'shareapi_default_expire_date',
    enforce: 'shareapi_enforce_expire_date',
    days: 'shareapi_expire_after_n_days',
    byDefault: 'link_defaultExpDays',
  },
  internal: {
    on: 'shareapi_default_internal_expire_date',
    enforce: 'shareapi_enforce_internal_expire_date',
    days: 'shareapi_internal_expire_after_n_days',
    byDefault: 'internal_defaultExpDays',
  },
  remote: {
    on: 'shareapi_default_remote_expire_date',
    enforce: 'shareapi_enforce_remote_expire_date',
    days: 'shareapi_remote_expire_after_n_days',
    byDefault: 'remote_defaultExpDays',
  },
} as const

export function expiryRule(world: World, kind: ExpiryKind): ExpiryRule {
  const keys = EXPIRY_KEYS[kind]
  const on = (key: string) => (kind === 'link' ? flag(world, 'core', key, false) : yes(world, 'core', key, 'no'))
  const longest = days(world, keys.days, '7')
  return {
    byDefault: on(keys.on),
    enforced: on(keys.on) && on(keys.enforce),
    days: longest,
    defaultDays: Math.min(longest, days(world, keys.byDefault, String(longest))),
  }
}

/** A list of group ids in a setting: JSON; anything else is an empty list. */
export function groupList(world: World, key: string): string[] {
  const text = getApp(world, 'core', key, '')
  try {
    const list: unknown = JSON.parse(text)
    return Array.isArray(list) ? list.map(String) : []
  } catch {
    return []
  }
}

/** Whether links may be made by, and exist of, someone in these groups. */
export function allowsLinks(world: World, groupsOfUser: readonly string[]): boolean {
  if (!yes(world, 'core', 'shareapi_allow_links', 'yes')) return false
  const excluded = groupList(world, 'shareapi_allow_links_exclude_groups')
  return !excluded.some((group) => groupsOfUser.includes(group))
}

/** Whether links of someone in these groups must have a password. */
export function enforcesPassword(world: World, groupsOfUser: readonly string[]): boolean {
  const excluded = groupList(world, 'shareapi_enforce_links_password_excluded_groups')
  if (excluded.some((group) => groupsOfUser.includes(group))) return false
  return flag(world, 'core', 'shareapi_enforce_links_password', false)
}

/** Whether sharing is only for some groups, or for all but some. */
export const isForSome = (world: World): boolean =>
  !['', 'no', '0'].includes(getApp(world, 'core', 'shareapi_exclude_groups', 'no'))

/** Sharing is only for some groups, or for all but some: is someone in these groups left out? */
export function isExcluded(world: World, groupsOfUser: readonly string[]): boolean {
  if (!isForSome(world)) return false
  const mode = getApp(world, 'core', 'shareapi_exclude_groups', 'no')
  const listed = excludedGroups(world)
  if (mode === 'allow') return !groupsOfUser.some((group) => listed.includes(group))
  return groupsOfUser.length > 0 && groupsOfUser.every((group) => listed.includes(group))
}

/** Older installations keep this list separated by commas. */
function excludedGroups(world: World): string[] {
  const text = getApp(world, 'core', 'shareapi_exclude_groups_list', '')
  try {
    const list: unknown = JSON.parse(text)
    return Array.isArray(list) ? list.map(String) : Object.values(list as object).map(String)
  } catch {
    return text.split(',')
  }
}

/** Shares go only to members of one's own groups. `null`: no such limit. */
export function ownGroupsOnly(world: World): { readonly except: readonly string[] } | null {
  if (!yes(world, 'core', 'shareapi_only_share_with_group_members', 'no')) return null
  return { except: groupList(world, 'shareapi_only_share_with_group_members_exclude_group_list') }
}

/** What a search for people to share with may show. */
export interface Enumeration {
  readonly allowed: boolean
  readonly ownGroups: boolean
  readonly phoneBook: boolean
  readonly fullMatch: boolean
  readonly matchesUserId: boolean
  readonly matchesEmail: boolean
  readonly ignoresSecondName: boolean
}

export function enumeration(world: World): Enumeration {
  const core = (key: string, fallback: 'yes' | 'no') => yes(world, 'core', key, fallback)
  const allowed = core('shareapi_allow_share_dialog_user_enumeration', 'yes')
  return {
    allowed,
    ownGroups: allowed && core('shareapi_restrict_user_enumeration_to_group', 'no'),
    phoneBook: allowed && core('shareapi_restrict_user_enumeration_to_phone', 'no'),
    fullMatch: core('shareapi_restrict_user_enumeration_full_match', 'yes'),
    matchesUserId: core('shareapi_restrict_user_enumeration_full_match_user_id', 'yes'),
    matchesEmail: core('shareapi_restrict_user_enumeration_full_match_email', 'yes'),
    ignoresSecondName: core('shareapi_restrict_user_enumeration_full_match_ignore_second_dn', 'no'),
  }
}

const SHORTEST_TOKEN = 6
const LONGEST_TOKEN = 32
const USUAL_TOKEN = 15

/** Letters of a link's token that people do not confuse. */
export const TOKEN_LETTERS = 'abcdefgijkmnopqrstwxyzABCDEFGHJKLMNPQRSTWXYZ23456789'

export function tokenLength(world: World): number {
  const wanted = Number.parseInt(getApp(world, 'core', 'shareapi_token_length', ''), 10) || USUAL_TOKEN
  return Math.max(SHORTEST_TOKEN, Math.min(wanted, LONGEST_TOKEN))
}
