import { parseCloudId, withoutHttps } from '#lib/cloud-id.ts'
import * as contacts from '../accounts/contacts.ts'
import * as groups from '../accounts/groups.ts'
import { isKnown } from '../accounts/known-users.ts'
import * as users from '../accounts/users.ts'
import type { World } from '../world.ts'
import { allowsGroups, type Enumeration, enumeration, groupList, ownGroupsOnly } from './settings.ts'
import { isTrusted } from './trusted-servers.ts'

/** Someone to share with. `exact`: what was searched for is their name, id or address. */
export interface Sharee<Found> {
  readonly exact: boolean
  readonly found: Found
}

export interface AccountFound {
  readonly user: users.User
  /** The additional address by which it was found. */
  readonly address: string | null
  /** Found among the contacts, which the account's own id and name did not. */
  readonly contact: contacts.Contact | null
}

export interface RemoteFound {
  readonly user: string
  readonly server: string
  readonly cloudId: string
  readonly trusted: boolean
}

export interface MailFound {
  readonly address: string
  readonly contact: contacts.Contact | null
}

export interface ShareeQuestion {
  /** Who looks, by id. */
  readonly me: string
  readonly text: string
  readonly limit: number
  readonly offset: number
  /** Which addresses mail can go to. */
  readonly isAddress: (text: string) => boolean
}

/** PHP's `strcasecmp`: bytes, with ASCII letters in lower case. */
const lower = (text: string) => text.replace(/[A-Z]+/g, (run) => run.toLowerCase())
function compareNames(a: string, b: string): number {
  const [left, right] = [new TextEncoder().encode(lower(a)), new TextEncoder().encode(lower(b))]
  for (let i = 0; i < left.length && i < right.length; i++) if (left[i] !== right[i]) return left[i]! - right[i]!
  return left.length - right.length
}

const EXCEPT = 'shareapi_only_share_with_group_members_exclude_group_list'

/** The groups that count where a search or shares are limited to one's own. */
function countingGroups(world: World, userId: string): string[] {
  const except = groupList(world, EXCEPT)
  return groups.groupsOf(world, userId).filter((id) => !except.includes(id))
}

/** Accounts by name, id and address, by name. */
export function findAccounts(world: World, question: ShareeQuestion): Sharee<AccountFound>[] {
  const { me } = question
  const rules = enumeration(world)
  const own = countingGroups(world, me)
  const found = new Map<string, Sharee<AccountFound>>()
  const put = (exact: boolean, user: users.User, address: string | null = null) =>
    found.set(user.id, { exact, found: { user, address, contact: null } })
  for (const user of enumerate(world, question, rules, own)) put(false, user)
  if (rules.fullMatch && question.text !== '')
    for (const [user, address] of matching(world, question, rules)) put(true, user, address)
  found.delete(users.find(world, me)?.id ?? me)
  const sorted = [...found.values()].sort((a, b) => compareNames(a.found.user.displayName, b.found.user.displayName))
  if (!ownGroupsOnly(world)) return sorted
  return sorted.filter(({ found: { user } }) => own.some((id) => groups.isMember(world, id, user.id)))
}

function enumerate(world: World, question: ShareeQuestion, rules: Enumeration, own: string[]): users.User[] {
  const { text, limit, offset } = question
  if (!rules.allowed) return []
  const isOpen = !rules.ownGroups && !rules.phoneBook
  if (isOpen) return byName(world, text, limit, offset).filter((user) => user.enabled)
  const near = rules.ownGroups
    ? own.flatMap((groupId) => inGroup(world, groupId, text).slice(offset, offset + limit))
    : []
  const known = rules.phoneBook ? inPhoneBook(world, question) : []
  return [...near, ...known].filter((user) => user.enabled)
}

/** Accounts that somebody found by their telephone numbers. */
function inPhoneBook(world: World, { me, text, limit, offset }: ShareeQuestion): users.User[] {
  return users
    .search(world, { search: text })
    .filter(({ id }) => isKnown(world, me, id))
    .slice(offset, offset + limit)
}

function byName(world: World, search: string, limit: number, offset: number): users.User[] {
  return users.search(world, { search, limit, offset }).sort((a, b) => compareNames(a.displayName, b.displayName))
}

function inGroup(world: World, groupId: string, text: string): users.User[] {
  if (text.trim() !== '' && text !== '0')
    return byName(world, text, 1_000_000, 0).filter((user) => groups.isMember(world, groupId, user.id))
  return groups.members(world, groupId).flatMap((id) => users.find(world, id) ?? [])
}

/** Accounts whose whole name, id or address was written. */
function* matching(
  world: World,
  { text, limit, offset }: ShareeQuestion,
  rules: Enumeration,
): IterableIterator<[users.User, string | null]> {
  const wanted = text.toLowerCase()
  const isName = (name: string) =>
    name.toLowerCase() === wanted ||
    (rules.ignoresSecondName &&
      name
        .replace(/ \(.*\)$/, '')
        .toLowerCase()
        .trim() === wanted)
  for (const user of byName(world, text, limit, offset))
    if (user.enabled && isName(user.displayName)) yield [user, null]
  const named = rules.matchesUserId ? users.find(world, text) : undefined
  if (named) yield [named, null]
  if (!rules.matchesEmail) return
  for (const user of users.findByEmail(world, wanted)) yield [user, null]
  for (const { address, user } of contacts.additionalMails(world))
    if (address.toLowerCase() === wanted) yield [user, address]
}

/**
 * Accounts by what the server's own address book says of them. It knows addresses that the accounts' own search
 * passed over, and fills pages that it had cut.
 */
export function findAccountContacts(
  world: World,
  question: ShareeQuestion,
  known: readonly Sharee<AccountFound>[],
): Sharee<AccountFound>[] {
  const rules = enumeration(world)
  if (rules.fullMatch && !rules.matchesEmail) return []
  const { me, limit, text } = withoutName(question)
  const wanted = text.toLowerCase()
  const isKnown = (userId: string) => known.some(({ found }) => found.user.id === userId)
  const wide: Sharee<AccountFound>[] = []
  for (const contact of contacts.ofServer(world, { ...withoutName(question), rules })) {
    const user = users.find(world, contact.uid)
    if (!user || !isReachable(world, me, user.id)) continue
    for (const address of contact.emails) {
      const isNew = user.id !== me && !isKnown(user.id)
      const sharee = { user, address: null, contact: { ...contact, emails: [address] } }
      if (address.toLowerCase() === wanted && rules.fullMatch) return isNew ? [{ exact: true, found: sharee }] : []
      if (!rules.allowed || !isNew || !mayEnumerate(world, me, user.id, rules) || wide.length >= limit) continue
      if (!wide.some(({ found }) => found.user.id === user.id && found.contact?.emails[0] === address))
        wide.push({ exact: false, found: sharee })
    }
  }
  return wide
}

/** `Some Body <some@body.example>` means the address. */
function withoutName(question: ShareeQuestion): ShareeQuestion {
  const address = /<([^@]+@.+)>$/.exec(question.text)?.[1]
  return address !== undefined && question.isAddress(address) ? { ...question, text: address } : question
}

function isReachable(world: World, me: string, userId: string): boolean {
  if (!ownGroupsOnly(world)) return true
  return countingGroups(world, me).some((id) => groups.isMember(world, id, userId))
}

function mayEnumerate(world: World, me: string, userId: string, rules: Enumeration): boolean {
  if (!rules.ownGroups && !rules.phoneBook) return true
  if (rules.phoneBook && isKnown(world, me, userId)) return true
  return rules.ownGroups && groups.groupsOf(world, me).some((id) => groups.isMember(world, id, userId))
}

/** Groups by id and name. */
export function findGroups(world: World, { me, text, limit, offset }: ShareeQuestion): Sharee<groups.Group>[] {
  if (!allowsGroups(world)) return []
  const rules = enumeration(world)
  const limited = ownGroupsOnly(world)
  const mine = groups.groupsOf(world, me)
  const mayShow = (id: string) =>
    (!limited && !rules.ownGroups) || (mine.includes(id) && !(limited?.except ?? []).includes(id))
  const listed = groups.search(world, { search: text, limit, offset })
  const wanted = lower(text)
  const isExact = ({ id, displayName }: groups.Group) => lower(id) === wanted || lower(displayName) === wanted
  const found = listed.filter(({ id }) => mayShow(id)).map((group) => ({ exact: isExact(group), found: group }))
  const named = offset === 0 && !found.some(({ exact }) => exact) ? groups.find(world, text) : undefined
  if (named && (!limited || (listed.length > 0 && mine.includes(named.id)))) found.push({ exact: true, found: named })
  return rules.allowed ? found : found.filter(({ exact }) => exact)
}

/** The account on another server that was written, unless it is one of this server. */
export function findRemote(world: World, { text, offset }: ShareeQuestion, ownAddress: string): RemoteFound | null {
  const id = offset === 0 ? parseCloudId(text) : null
  if (!id) return null
  const local = users.find(world, id.user)
  if (local && text === `${local.id}@${withoutHttps(ownAddress)}`) return null
  const server = withoutHttps(id.remote)
  return { user: id.user, server, cloudId: text, trusted: isTrusted(world, server) }
}

/** Addresses: of one's contacts, and the one that was written. */
export function findMails(world: World, question: ShareeQuestion): Sharee<MailFound>[] {
  const rules = enumeration(world)
  if (rules.fullMatch && !rules.matchesEmail) return []
  const { me, limit, text, isAddress } = withoutName(question)
  const wanted = text.toLowerCase()
  for (const { emails } of contacts.ofServer(world, { ...withoutName(question), rules }))
    if (rules.fullMatch && emails.some((email) => email.toLowerCase() === wanted)) return []
  const found: Sharee<MailFound>[] = []
  for (const contact of contacts.ofAccount(world, me, withoutName(question))) {
    for (const address of contact.emails) {
      const exact = address.toLowerCase() === wanted || contact.name.toLowerCase() === wanted
      if (found.length < limit) found.push({ exact, found: { address, contact } })
    }
  }
  const isKnown = found.some(({ found: { address } }) => address.toLowerCase() === wanted)
  if (!isKnown && isAddress(text) && found.length < limit)
    found.push({ exact: true, found: { address: text, contact: null } })
  return found
}
