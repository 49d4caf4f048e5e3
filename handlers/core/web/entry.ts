import { defineRoute, type RouteArguments } from '#app/index.ts'
import { PRODUCTS } from '#lib/releases.ts'
import { type Answer, bare, jsonAnswer } from '#line/call.ts'
import { isEnabled } from '#world/settings/apps.ts'
import { navigationEntries } from '../state/navigation.ts'
import { page } from './html-page.ts'
import { defaultPage } from './login.ts'

/** The address of the server itself leads to the login, or to what opens first. No controller is asked. */
async function enter(args: RouteArguments): Promise<Answer> {
  const { actor, request } = args
  if (wantsFile(args)) return { ...bare(404), speaker: 'script' }
  const location = actor.userId === null ? `${request.baseUrl}/index.php/login` : await defaultPage(args, actor.userId)
  const user = actor.userId === null ? [] : [['X-User-Id', actor.userId] as const]
  return { ...bare(302, [...user, ['Location', location]]), speaker: 'script' }
}

/** Who wants data or a part of a page is not led to a page, so that nobody reads it as what it is not (Nextcloud 34.0.1, asked). */
const wantsFile = ({ call }: RouteArguments): boolean =>
  ['application/json', 'application/xml'].includes(call.header('accept')) ||
  ['font', 'script', 'style'].includes(call.header('sec-fetch-dest'))

export const entry = defineRoute({
  id: 'core-entry',
  products: PRODUCTS,
  app: 'core',
  methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
  path: '/index.php/',
  identify: true,
  summary: 'The address of the server itself: to the login, or to what opens first',
  data: [navigationEntries],
  handle: enter,
})

export const robots = defineRoute({
  id: 'core-robots',
  app: 'core',
  methods: ['GET'],
  path: '/index.php/robots.txt',
  identify: false,
  summary: 'What search engines may look at: nothing',
  handle: () => ({
    speaker: 'file',
    status: 200,
    headers: [['Content-Type', 'text/plain; charset=UTF-8']],
    body: 'User-agent: *\nDisallow: /\n',
  }),
})

/** Services that a web server leads elsewhere before PHP is asked. */
const MOVED: Readonly<Record<string, string>> = { caldav: '/remote.php/dav/', carddav: '/remote.php/dav/' }

/** Well-known addresses. A service that nothing answers for is told in JSON. */
export const wellKnown = defineRoute({
  id: 'core-well_known-handle',
  app: 'core',
  methods: ['*'],
  path: '/index.php/.well-known/{service}',
  identify: true,
  summary: 'Well-known addresses of services',
  handle: ({ call, params, request }) => {
    const { service = '' } = params
    const moved = MOVED[service]
    if (moved !== undefined && call.path.startsWith('/.well-known/'))
      return { ...bare(301, [['Location', request.baseUrl + moved]]), speaker: 'file' }
    const mark = [['X-NEXTCLOUD-WELL-KNOWN', '1'] as const]
    if (service === 'change-password')
      return bare(303, [...mark, ['Location', `${request.baseUrl}/index.php/settings/user/security`]])
    return jsonAnswer(404, { message: `${service} not supported` }, mark)
  },
})

/** Services below `remote.php` that nobody has: a page that says so, and a status that does not (Nextcloud 34.0.1, asked). */
export const noService = defineRoute({
  id: 'core-remote-no-service',
  products: PRODUCTS,
  app: 'core',
  methods: ['*'],
  path: '/remote.php/{service:.+}',
  identify: false,
  summary: 'A service below remote.php that there is not',
  handle: () => page(200, 'Error', '<p>Path not found</p>'),
})

const OCS = '/ocs/v2.php'

/** What apps offer to clients of OCS, by the app that must be enabled. */
const SERVICES: readonly (readonly [app: string, name: string, endpoints: Readonly<Record<string, string>>])[] = [
  [
    'core',
    'PRIVATE_DATA',
    {
      store: `${OCS}/privatedata/setattribute`,
      read: `${OCS}/privatedata/getattribute`,
      delete: `${OCS}/privatedata/deleteattribute`,
    },
  ],
  ['files_sharing', 'SHARING', { share: `${OCS}/apps/files_sharing/api/v1/shares` }],
  [
    'federation',
    'FEDERATED_SHARING',
    {
      share: `${OCS}/cloud/shares`,
      webdav: '/public.php/webdav/',
      'shared-secret': `${OCS}/cloud/shared-secret`,
      'system-address-book': '/remote.php/dav/addressbooks/system/system/system',
      'carddav-user': 'system',
    },
  ],
  ['activity', 'ACTIVITY', { list: `${OCS}/cloud/activity` }],
  [
    'provisioning_api',
    'PROVISIONING',
    { user: `${OCS}/cloud/users`, groups: `${OCS}/cloud/groups`, apps: `${OCS}/cloud/apps` },
  ],
]

export const ocsProvider = defineRoute({
  id: 'core-ocs-provider',
  app: 'core',
  methods: ['GET'],
  path: '/index.php/ocs-provider/',
  identify: false,
  summary: 'Which services of OCS there are',
  handle: ({ world }) => {
    const services = SERVICES.filter(([app]) => app === 'core' || isEnabled(world, app))
    const value = Object.fromEntries(services.map(([, name, endpoints]) => [name, { version: 1, endpoints }]))
    const { body } = jsonAnswer(200, { version: 2, services: value })
    return { speaker: 'script', status: 200, headers: [['Content-Type', 'application/json']], body }
  },
})
