import { defineRoute, type RouteArguments } from '#app/index.ts'
import { predefinedStatuses, settledStatus } from '#app/user-status.ts'
import { toInt } from '#lib/php.ts'
import * as contacts from '#world/accounts/contacts.ts'
import * as groups from '#world/accounts/groups.ts'
import { isKnown } from '#world/accounts/known-users.ts'
import * as users from '#world/accounts/users.ts'
import { isEnabledFor } from '#world/settings/apps.ts'
import * as config from '#world/settings/config.ts'
import { enumeration, isExcluded, ownGroupsOnly } from '#world/sharing/settings.ts'
import { contactActions } from './contact-actions.ts'
import * as profiles from './state/account-profiles.ts'
import { teamsOf } from './teams.ts'
import { json, openPageSession } from './web/page-session.ts'

const USUAL_RESULTS = 25

const route = { app: 'core', methods: ['POST'], identify: true, data: [predefinedStatuses] } as const

/** A card, and the account that it is of, where it is one of this server. */
interface Found {
  readonly card: contacts.Contact
  readonly user: users.User | undefined
}

export const contactsMenu = defineRoute({
  ...route,
  id: 'core-contacts_menu-index',
  path: '/index.php/contactsmenu/contacts',
  summary: 'People whom a text finds by name or address, with ways to reach them',
  handle: async (args) => {
    const session = await openPageSession(args, { login: true, requestToken: true })
    const { world, actor } = args
    const me = actor.userId!
    const text = typeof session.parameters.filter === 'string' ? session.parameters.filter : ''
    const limit = Math.max(0, config.getSystemInt(world, 'sharing.maxAutocompleteResults', USUAL_RESULTS))
    const isLongEnough =
      new TextEncoder().encode(text).length >= config.getSystemInt(world, 'sharing.minSearchStringLength', 0)
    const found = isLongEnough ? search(args, me, text, limit) : []
    const shown = found.slice(0, limit).map((one) => entry(args, me, one))
    return json(200, { contacts: shown, contactsAppEnabled: isEnabledFor(world, 'contacts', me) }, session)
  },
})

export const findContact = defineRoute({
  ...route,
  id: 'core-contacts_menu-find-one',
  path: '/index.php/contactsmenu/findOne',
  summary: 'The one who a share is for, with ways to reach them',
  handle: async (args) => {
    const session = await openPageSession(args, { login: true, requestToken: true })
    const { actor } = args
    const me = actor.userId!
    const { shareType, shareWith } = session.parameters
    const wanted = String(shareWith ?? '')
    const found = candidates(args, me, wanted, toInt(shareType as string)).find((one) => maySee(args, me, wanted, one))
    return found ? json(200, entry(args, me, found), session) : json(404, [], session)
  },
})

export const contactTeams = defineRoute({
  ...route,
  methods: ['GET'],
  id: 'core-contacts_menu-get-teams',
  path: '/index.php/contactsmenu/teams',
  summary: 'Teams that the caller is in',
  handle: async (args) => {
    const session = await openPageSession(args, { login: true, requestToken: true })
    const teams = await teamsOf({ ...args, me: args.actor.userId! })
    return json(
      200,
      teams.map(({ id, displayName, link }) => ({ teamId: id, displayName, link })),
      session,
    )
  },
})

const ACCOUNT_TYPES: readonly number[] = [0, 6]
const MAIL_TYPE = 4

function candidates({ world }: RouteArguments, me: string, wanted: string, shareType: number): Found[] {
  if (ACCOUNT_TYPES.includes(shareType)) {
    const user = users.find(world, wanted)
    const card = user?.id === wanted ? contacts.cardOf(world, user) : null
    return card ? [{ card, user }] : []
  }
  if (shareType !== MAIL_TYPE) return []
  const all = { text: wanted, limit: Number.MAX_SAFE_INTEGER, offset: 0 }
  const rules = { ...enumeration(world), allowed: true }
  const ofServer = contacts
    .ofServer(world, { ...all, rules })
    .map((card) => ({ card, user: users.find(world, card.uid) }))
  const own = contacts.ofAccount(world, me, all).map((card) => ({ card, user: undefined }))
  return [...ofServer, ...own].filter(({ card }) => card.emails.includes(wanted))
}

function search(args: RouteArguments, me: string, text: string, limit: number): Found[] {
  const { world } = args
  const wanted = { text, limit, offset: 0 }
  const rules = { ...enumeration(world), allowed: true }
  const ofServer = contacts
    .ofServer(world, { ...wanted, rules })
    .map((card) => ({ card, user: users.find(world, card.uid) }))
  const own = contacts.ofAccount(world, me, wanted).map((card) => ({ card, user: undefined }))
  const name = ({ card }: Found) => card.name.toLowerCase()
  return [...ofServer, ...own]
    .filter((one) => one.card.uid !== me && maySee(args, me, text, one))
    .sort((a, b) => (name(a) < name(b) ? -1 : name(a) > name(b) ? 1 : 0))
}

/** Accounts of this server are shown as far as the administrator lets people find each other. */
function maySee({ world }: RouteArguments, me: string, text: string, { card, user }: Found): boolean {
  if (!user) return true
  const mine = groups.groupsOf(world, me)
  if (isExcluded(world, mine)) return false
  const rules = enumeration(world)
  const limit = ownGroupsOnly(world)
  const counting = mine.filter((id) => !limit?.except.includes(id))
  const isNear = groups.groupsOf(world, user.id).some((id) => counting.includes(id))
  if (!rules.allowed && !(rules.fullMatch && (card.emails.includes(text) || card.uid === text))) return false
  if (rules.ownGroups || rules.phoneBook) {
    if (rules.phoneBook && isKnown(world, me, user.id)) return !limit || isNear
    if (!rules.ownGroups || !isNear) return false
  }
  return !limit || isNear
}

/** Where the picture of a card is: one of one's own that has none is drawn with its first letter. */
function avatarOf(baseUrl: string, { card, user }: Found): string {
  const photo = user ? `addressbooks/system/system/system/Database:${encodeURIComponent(card.uid)}.vcf` : card.photo
  if (photo !== undefined && photo !== null) return `${baseUrl}/remote.php/dav/${photo}?photo`
  return `${baseUrl}/index.php/avatar/guest/${encodeURIComponent(card.name).replaceAll('%40', '@')}/64`
}

function entry({ world, profile, request }: RouteArguments, me: string, { card, user }: Found) {
  const hasProfile = user !== undefined && profiles.isEnabled(world, user)
  const status = user ? settledStatus(world, profile, user.id) : null
  const [topAction = null, ...actions] = contactActions(world, request.baseUrl, me, card, user)
  return {
    id: card.uid,
    fullName: card.name,
    avatar: avatarOf(request.baseUrl, { card, user }),
    topAction,
    actions,
    lastMessage: '',
    emailAddresses: card.emails,
    profileTitle: hasProfile ? 'View profile' : null,
    profileUrl: hasProfile ? `${request.baseUrl}/index.php/u/${encodeURIComponent(user.id)}` : null,
    status: status?.status ?? null,
    statusMessage: status?.message ?? null,
    statusMessageTimestamp: null,
    statusIcon: status?.icon ?? null,
    isUser: user !== undefined,
    uid: card.uid,
  }
}
