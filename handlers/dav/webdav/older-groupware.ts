import { defineRoute, type RouteArguments } from '#app/index.ts'
import type { Resource } from '#dav/resource.ts'
import { d, FILES_NAMESPACES } from '#dav/xml.ts'
import { PRODUCTS } from '#lib/releases.ts'
import { unlisted } from './collections.ts'
import { findPrincipal } from './principals.ts'
import { answerAt } from './remote.ts'
import { CALENDAR_NAMESPACES, CARD_NAMESPACES, findInRoot, type Top } from './root.ts'
import type { ServerKind } from './server.ts'

/** One of the servers that hold calendars or contacts alone, for clients older than the one of everything. */
interface Service {
  readonly name: 'caldav' | 'carddav'
  readonly features: string
  readonly namespaces: Iterable<readonly [string, string]>
  /** The property that tells an account's home; those of the other service are not told. */
  readonly home: string
  tops(): Promise<ReadonlyMap<string, Top>>
}

const CALENDARS: Service = {
  name: 'caldav',
  features:
    '1, 3, extended-mkcol, calendar-access, calendar-proxy, access-control, ' +
    'calendarserver-principal-property-search, calendar-auto-schedule, calendar-availability',
  namespaces: CALENDAR_NAMESPACES,
  home: '{urn:ietf:params:xml:ns:carddav}addressbook-home-set',
  async tops() {
    const { findCalendar } = await import('./groupware/index.ts')
    return new Map([['calendars', { here: unlisted, find: findCalendar }]])
  },
}

const CONTACTS: Service = {
  name: 'carddav',
  features: '1, 3, extended-mkcol, addressbook, access-control, calendarserver-principal-property-search',
  namespaces: CARD_NAMESPACES,
  home: '{urn:ietf:params:xml:ns:caldav}calendar-home-set',
  async tops() {
    const { findAddressBook } = await import('./groupware/index.ts')
    return new Map([['addressbooks', { here: unlisted, find: findAddressBook }]])
  },
}

/** Accounts and their address books have no kind above them here: `principals/alice`, `addressbooks/alice`. */
const PLACES = {
  inside: (path: string) => path.replace(/^(principals|addressbooks)\//, '$1/users/'),
  outside: (path: string) => path.replace(/^(principals|addressbooks)\/users(?=\/|$)/, '$1'),
}

async function serverOf({ features, namespaces, home, tops, name }: Service): Promise<ServerKind> {
  const [dav, sabre] = FILES_NAMESPACES
  const all = new Map<string, Top>([
    ['principals', { here: unlisted, find: (context, rest) => withoutGroups(findPrincipal(context, rest), home) }],
    ...(await tops()),
  ])
  const { makeCalendar } = await import('./groupware/index.ts')
  return {
    features,
    reports: ['expand-property', 'principal-match', 'principal-property-search', 'principal-search-property-set'].map(
      d,
    ),
    namespaces: new Map([dav!, sabre!, ...namespaces]),
    extended: false,
    full: true,
    places: PLACES,
    searched: ['users'],
    find: (context, path) => findInRoot(context, path, all),
    methods: name === 'caldav' ? { MKCALENDAR: makeCalendar } : {},
  }
}

/** A principal says nothing of groups here, nor where the other service is (Nextcloud 34.0.1, asked). */
const withoutGroups = (principal: Resource, otherHome: string): Resource => ({
  ...principal,
  property(name) {
    if (name === otherHome) return undefined
    return name === d('group-membership') ? [] : principal.property(name)
  },
})

/** What it says to who does not log in: it knows one way. */
const attempts = (basic: string) => basic

function older(service: Service, path: string) {
  const { name } = service
  return defineRoute({
    id: `dav-older-${name}${path === '' ? '-top' : ''}`,
    products: PRODUCTS,
    app: 'dav',
    methods: ['*'],
    path: `/remote.php/${name}${path}`,
    identify: true,
    summary: `WebDAV: ${name === 'caldav' ? 'calendars' : 'contacts'} alone, at the address that older clients know`,
    handle: (args: RouteArguments) => answerAt(args, `/remote.php/${name}/`, () => serverOf(service), attempts),
  })
}

export const calendarsOnly = older(CALENDARS, '/{path:.*}')
export const calendarsOnlyTop = older(CALENDARS, '')
export const contactsOnly = older(CONTACTS, '/{path:.*}')
export const contactsOnlyTop = older(CONTACTS, '')
