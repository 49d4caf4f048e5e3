import { defineRoute } from '#app/index.ts'
import { predefinedStatuses, settledStatus } from '#app/user-status.ts'
import type { RouteArguments } from '#line/endpoint.ts'
import * as contacts from '#world/accounts/contacts.ts'
import * as users from '#world/accounts/users.ts'
import { enumeration } from '#world/sharing/settings.ts'
import { TYPE } from '#world/sharing/shares.ts'
import { actionsOf, profilePage } from './hover-card.ts'
import * as profiles from './state/account-profiles.ts'
import { teamsOf } from './teams.ts'
import { json, openPageSession } from './web/page-session.ts'

/** How many contacts the menu shows. */
const SHOWN = 25

/** Somebody whom the menu shows. */
interface Entry {
  readonly contact: contacts.Contact
  readonly user: users.User | undefined
  /** An address of the picture below the WebDAV server; `null`: there is none. */
  readonly photo: string | null
}

/** Contacts of one's own, and of the accounts of this server, by names and addresses. */
function entriesOf({ world }: RouteArguments, me: string, text: string): Entry[] {
  const search = { text, limit: Number.POSITIVE_INFINITY, offset: 0 }
  const own = contacts.ofAccount(world, me, search).map((contact) => ({
    ...{ contact, user: undefined },
    photo: contact.photo ?? null,
  }))
  const accounts = contacts
    .ofServer(world, { ...search, rules: enumeration(world) })
    .filter(({ uid }) => uid !== me)
    .flatMap((contact) => {
      const user = users.find(world, contact.uid)
      if (!user || !contacts.findAccount(world, user, me)) return []
      return [{ contact, user, photo: `addressbooks/system/system/system/Database:${user.id}.vcf` }]
    })
  return [...own, ...accounts].sort((a, b) => compare(a.contact.name, b.contact.name))
}

const compare = (a: string, b: string): number => {
  const [left, right] = [a.toLowerCase(), b.toLowerCase()]
  return left < right ? -1 : left > right ? 1 : 0
}

function show({ world, profile, request }: RouteArguments, me: string, { contact, user, photo }: Entry) {
  const { baseUrl } = request
  const [topAction = null, ...actions] = actionsOf(world, baseUrl, { user, emails: contact.emails, me })
  const hasProfile = user !== undefined && profiles.isEnabled(world, user)
  const status = user ? settledStatus(world, profile, user.id) : null
  const name = encodeURIComponent(contact.name).replaceAll('%40', '@')
  return {
    id: contact.uid,
    fullName: contact.name,
    avatar:
      photo === null ? `${baseUrl}/index.php/avatar/guest/${name}/64` : `${baseUrl}/remote.php/dav/${photo}?photo`,
    topAction,
    actions,
    lastMessage: '',
    emailAddresses: contact.emails,
    profileTitle: hasProfile ? 'View profile' : null,
    profileUrl: hasProfile ? profilePage(baseUrl, user) : null,
    status: status?.status ?? null,
    statusMessage: status?.message ?? null,
    statusMessageTimestamp: null,
    statusIcon: status?.icon ?? null,
    isUser: user !== undefined,
    uid: contact.uid,
  }
}

export const contactsMenu = defineRoute({
  id: 'core-contacts_menu-index',
  app: 'core',
  methods: ['POST'],
  path: '/index.php/contactsmenu/contacts',
  identify: true,
  summary: 'The contacts that the menu of a page shows',
  data: [predefinedStatuses],
  handle: async (args) => {
    const pageSession = await openPageSession(args, { login: true, requestToken: true })
    const { parameters } = pageSession
    const me = args.actor.userId ?? ''
    const text = typeof parameters.filter === 'string' ? parameters.filter : ''
    const found = entriesOf(args, me, text).slice(0, SHOWN)
    return json(200, { contacts: found.map((one) => show(args, me, one)), contactsAppEnabled: false }, pageSession)
  },
})

export const contactsMenuOne = defineRoute({
  id: 'core-contacts_menu-find-one',
  app: 'core',
  methods: ['POST'],
  path: '/index.php/contactsmenu/findOne',
  identify: true,
  summary: 'The contact behind a share',
  data: [predefinedStatuses],
  handle: async (args) => {
    const pageSession = await openPageSession(args, { login: true, requestToken: true })
    const { parameters } = pageSession
    const me = args.actor.userId ?? ''
    const type = Number(parameters.shareType)
    const wanted = String(parameters.shareWith ?? '')
    const isWanted = ({ contact, user }: Entry) =>
      (type === TYPE.user && user?.id === wanted) ||
      (type === TYPE.email && user === undefined && contact.emails.includes(wanted))
    const found = entriesOf(args, me, '').find(isWanted)
    return found ? json(200, show(args, me, found), pageSession) : json(404, [], pageSession)
  },
})

export const contactsMenuTeams = defineRoute({
  id: 'core-contacts_menu-get-teams',
  app: 'core',
  methods: ['GET'],
  path: '/index.php/contactsmenu/teams',
  identify: true,
  summary: 'The teams that the menu of a page offers',
  handle: async (args) => {
    const pageSession = await openPageSession(args, { login: true })
    const teams = await teamsOf({ ...args, me: args.actor.userId ?? '' })
    const shown = teams.map(({ id, displayName, link }) => ({ teamId: id, displayName, link }))
    return json(200, shown, pageSession)
  },
})
