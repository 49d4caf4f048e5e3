import { describe, expect, it } from 'vitest'
import type { Endpoint, HandlerArguments, Result } from '#line/endpoint.ts'
import type { Finding } from '#verify/finding.ts'
import { shippedEndpoints } from '../../support/catalogue.ts'
import { drive, openCloud } from '../../support/written.ts'

type Args = HandlerArguments<string, Record<string, never>, Record<number, string>> & {
  readonly input: Record<string, unknown>
}
type Real = (input?: Record<string, unknown>) => Promise<Result>
type Wire = { status: number; body: string }

interface Fault {
  readonly name: string
  /** Which stories are told: those of this app. */
  readonly app: RegExp
  /** Replaces how an operation is answered on the server, not in the model. */
  readonly operation?: [id: string, handle: (args: Args, real: Real) => Result | Promise<Result>]
  /** Replaces parts of an operation's definition. */
  readonly definition?: [id: string, change: Partial<Endpoint>]
  /** What becomes of a request: an answer without it, or another body. */
  readonly instead?: (request: Request) => Wire | undefined
  readonly spoil?: (wire: Wire, request: Request) => Partial<Wire> | undefined
  /** The one finding. */
  readonly found: Partial<Finding>
}

const USERS = /^provisioning_api$/
const SHARES = /^files_sharing$/
const FILES = /^(dav|systemtags)$/
const STATUS = /^user_status$/
const NOTIFICATIONS = /^notifications$/

const DONE: Result = { status: 200, data: [] }
/** Says that it did, and did not. */
const forgets = () => DONE
const isV1 = ({ url }: Request) => url.includes('/v1.php/')
const path = ({ url }: Request) => new URL(url).pathname

const FAULTS: readonly Fault[] = [
  {
    name: 'an account that is not deleted',
    app: USERS,
    operation: ['provisioning_api-users-delete-user', forgets],
    found: {
      operation: 'provisioning_api-users-delete-user',
      where: '/ocs/meta/statuscode',
      rule: 'state',
      got: '200 OK',
    },
  },
  {
    name: 'a group that is not deleted',
    app: USERS,
    operation: ['provisioning_api-groups-delete-group', forgets],
    found: { operation: 'provisioning_api-groups-delete-group', rule: 'state' },
  },
  {
    name: 'a member that is not taken out of a group',
    app: USERS,
    operation: [
      'provisioning_api-users-remove-from-group',
      async (args, real) =>
        args.input.groupid === '' ? real() : String(args.input.groupid).endsWith('nobody') ? real() : DONE,
    ],
    found: {
      operation: 'provisioning_api-users-remove-from-group',
      where: '/ocs/data/users/2',
      got: '"ocsmock-carol"',
      rule: 'state',
    },
  },
  {
    name: 'an administrator of a group who stays one',
    app: USERS,
    operation: ['provisioning_api-users-remove-sub-admin', forgets],
    found: {
      operation: 'provisioning_api-users-remove-sub-admin',
      where: '/ocs/data/0',
      expected: 'absent',
      rule: 'state',
    },
  },
  {
    name: 'a field that is not stored',
    app: USERS,
    operation: [
      'provisioning_api-users-edit-user',
      async ({ input }, real) => (input.key === 'website' ? DONE : real()),
    ],
    found: {
      operation: 'provisioning_api-users-edit-user',
      where: '/ocs/data/website',
      expected: '"https://example.org"',
      got: '""',
    },
  },
  {
    name: 'a quota that is stored as another one',
    app: USERS,
    operation: [
      'provisioning_api-users-edit-user',
      async ({ input }, real) => real(input.value === '5 GB' ? { value: '50 GB' } : {}),
    ],
    found: {
      operation: 'provisioning_api-users-edit-user',
      where: '/ocs/data/quota/quota',
      got: '53687091200',
      rule: 'state',
    },
  },
  {
    name: 'an account that is not disabled',
    app: USERS,
    operation: [
      'provisioning_api-users-disable-user',
      async ({ input, me }, real) => (String(input.userId).endsWith('bob') && me === 'admin' ? DONE : real()),
    ],
    found: {
      operation: 'provisioning_api-users-disable-user',
      where: '/ocs/data/enabled',
      expected: 'false',
      got: 'true',
    },
  },
  {
    name: 'a changed failure code on v1 only',
    app: USERS,
    spoil: (wire, request) =>
      isV1(request) &&
      request.method === 'POST' &&
      path(request).endsWith('/cloud/groups') &&
      wire.body.includes('group exists')
        ? { body: wire.body.replace(/(statuscode"?[:>])102/, '$1104') }
        : undefined,
    found: {
      operation: 'provisioning_api-groups-add-group',
      where: '/ocs/meta/statuscode',
      expected: '102 group exists',
      got: '104 group exists',
    },
  },
  {
    name: 'a success for an account that exists',
    app: USERS,
    operation: [
      'provisioning_api-users-add-user',
      async ({ input }, real) => {
        try {
          return await real()
        } catch (error) {
          if ((error as { code?: number }).code === 102) return { status: 200, data: { id: String(input.userid) } }
          throw error
        }
      },
    ],
    found: {
      operation: 'provisioning_api-users-add-user',
      where: '/ocs/meta/statuscode',
      expected: '102 User already exists',
      got: '200 OK',
      rule: 'failure',
    },
  },
  {
    name: 'an ignored limit',
    app: USERS,
    operation: ['provisioning_api-users-get-users', (_, real) => real({ limit: null, offset: 0 })],
    found: { operation: 'provisioning_api-users-get-users', expected: 'absent', rule: 'state' },
  },
  {
    name: 'an ignored offset',
    app: USERS,
    operation: ['provisioning_api-users-get-users', (_, real) => real({ offset: 0 })],
    found: { operation: 'provisioning_api-users-get-users', where: '/ocs/data/users/0', got: '"ocsmock-alice"' },
  },
  {
    name: 'accounts that everybody may make',
    app: USERS,
    definition: ['provisioning_api-users-add-user', { access: 'user' }],
    found: { operation: 'provisioning_api-users-add-user', rule: 'access', severity: 'breaks' },
  },
  {
    name: 'a setting that is not deleted',
    app: USERS,
    operation: ['provisioning_api-app_config-delete-key', forgets],
    found: {
      operation: 'provisioning_api-app_config-delete-key',
      where: '/ocs/data/data',
      expected: '"nothing"',
      got: '"second"',
    },
  },
  {
    name: 'a wrong OCS status on v1 only',
    app: USERS,
    spoil: (wire, request) =>
      isV1(request) && request.method === 'PUT' && path(request).includes('/cloud/groups/')
        ? { body: wire.body.replace(/(statuscode"?[:>])100/, '$1200') }
        : undefined,
    found: {
      operation: 'provisioning_api-groups-update-group',
      where: '/ocs/meta/statuscode',
      rule: 'envelope',
    },
  },
  {
    name: 'a share that is not deleted',
    app: SHARES,
    operation: ['files_sharing-shareapi-delete-share', async ({ me }, real) => (me.endsWith('alice') ? DONE : real())],
    found: { operation: 'files_sharing-shareapi-delete-share', rule: 'state', got: '200 OK' },
  },
  {
    name: 'permissions that are not changed',
    app: SHARES,
    operation: ['files_sharing-shareapi-update-share', (_, real) => real({ permissions: null })],
    found: { operation: 'files_sharing-shareapi-update-share', where: '/ocs/meta/statuscode', rule: 'state' },
  },
  {
    name: 'an end that is not stored',
    app: SHARES,
    operation: ['files_sharing-shareapi-create-share', (_, real) => real({ expireDate: null })],
    found: { operation: 'files_sharing-shareapi-create-share', where: '/ocs/data/expiration' },
  },
  {
    name: 'a share that strangers may look at',
    app: SHARES,
    operation: [
      'files_sharing-shareapi-get-share',
      async ({ me }, real) => {
        try {
          return await real()
        } catch (error) {
          if (me.endsWith('carol')) return { status: 200, data: [] }
          throw error
        }
      },
    ],
    found: {
      operation: 'files_sharing-shareapi-get-share',
      where: '/ocs/meta/statuscode',
      got: '200 OK',
      rule: 'failure',
    },
  },
  {
    name: 'a share without a member',
    app: SHARES,
    operation: [
      'files_sharing-shareapi-create-share',
      async (_, real) => {
        const result = await real()
        const { uid_owner: __, ...data } = result.data as Record<string, string>
        return { ...result, data }
      },
    ],
    found: {
      operation: 'files_sharing-shareapi-create-share',
      where: '/ocs/data/uid_owner',
      got: 'missing',
      severity: 'breaks',
    },
  },
  {
    name: 'XML of a share that lost an element',
    app: SHARES,
    spoil: (wire, request) =>
      wire.body.startsWith('<?xml') && request.method === 'GET' && /\/shares\/\d+$/.test(path(request))
        ? { body: wire.body.replace(/ *<uid_owner>.*<\/uid_owner>\n/, '') }
        : undefined,
    found: {
      operation: 'files_sharing-shareapi-get-share',
      where: '/ocs/data/element[1]/uid_owner',
      got: 'missing',
      rule: 'xml',
    },
  },
  {
    name: 'a file that is not deleted',
    app: FILES,
    instead: (request) =>
      request.method === 'DELETE' && path(request).endsWith('/report.txt') ? { status: 204, body: '' } : undefined,
    found: { operation: 'dav', where: '/d:multistatus/d:response[3]', rule: 'state' },
  },
  {
    name: 'a file that keeps what it held',
    app: FILES,
    spoil: (wire, request) =>
      request.method === 'GET' && wire.body === 'A longer report.\n' ? { body: 'A report.\n' } : undefined,
    found: { operation: 'dav', expected: '"A longer report.\\n"', got: '"A report.\\n"', rule: 'state' },
  },
  {
    name: 'a favourite that is forgotten',
    app: FILES,
    spoil: (wire) =>
      wire.body.includes('<oc:favorite>1<')
        ? { body: wire.body.replace('<oc:favorite>1<', '<oc:favorite>0<') }
        : undefined,
    found: {
      operation: 'dav',
      where: '/d:multistatus/d:response/d:propstat/d:prop/oc:favorite',
      expected: '"1"',
      got: '"0"',
    },
  },
  {
    name: 'a status message that is not cleared',
    app: STATUS,
    operation: ['user_status-clear-message', forgets],
    found: { operation: 'user_status-clear-message', where: '/ocs/data/message', expected: 'null', rule: 'state' },
  },
  {
    name: 'a status that nobody knows, taken without a word',
    app: STATUS,
    operation: [
      'user_status-set-predefined-message',
      async ({ input }, real) => real(input.messageId === 'ocsmock' ? { messageId: 'meeting' } : {}),
    ],
    found: {
      operation: 'user_status-set-predefined-message',
      where: '/ocs/meta/statuscode',
      got: '200 OK',
      rule: 'failure',
    },
  },
  {
    name: 'a notification that is not deleted',
    app: NOTIFICATIONS,
    operation: ['notifications-endpoint-delete-notification', forgets],
    found: { operation: 'notifications-endpoint-delete-notification', where: '/ocs/meta/statuscode', rule: 'state' },
  },
  {
    name: 'a notification that is not there',
    app: NOTIFICATIONS,
    operation: [
      'notifications-endpoint-confirm-ids-for-user',
      async (_, real) => {
        const result = await real()
        return { ...result, data: [...(result.data as readonly number[]), 987654321] }
      },
    ],
    found: {
      operation: 'notifications-endpoint-confirm-ids-for-user',
      where: '/ocs/data/element[2]',
      expected: 'absent',
    },
  },
]

function endpointWith({ operation, definition }: Fault): Endpoint[] {
  const id = (operation ?? definition)?.[0]
  const endpoint = shippedEndpoints.find((one) => one.id === id)
  if (!endpoint) return []
  if (definition) return [{ ...endpoint, ...definition[1] }]
  return [
    {
      ...endpoint,
      handle: (args) => {
        const real: Real = async (input = {}) => endpoint.handle(withInput(args, input))
        return operation![1](args as unknown as Args, real)
      },
    },
  ]
}

/** The same arguments with other input. They keep private what they know, so they cannot be copied. */
const withInput = <A extends object>(args: A, input: Record<string, unknown>): A =>
  new Proxy(args, {
    get: (target, name) => {
      const value = Reflect.get(target, name, target) as object
      return name === 'input' ? { ...value, ...input } : value
    },
  })

async function findingsOf(fault: Fault): Promise<readonly Finding[]> {
  const cloud = await openCloud(...endpointWith(fault))
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init)
    const canned = fault.instead?.(request)
    if (canned) {
      const headers = { 'content-type': 'text/html; charset=UTF-8' }
      return new Response(canned.status === 204 ? null : canned.body, { status: canned.status, headers })
    }
    const response = await cloud.fetch(request.clone())
    if (!fault.spoil) return response
    const is: Wire = { status: response.status, body: await response.text() }
    const { status, body } = { ...is, ...fault.spoil(is, request) }
    return new Response(status === 204 || status === 304 ? null : body, { status, headers: response.headers })
  }
  return (await drive(fetch, { only: fault.app })).findings
}

describe('a server with one fault is found out in the right place, and in no other operation', () => {
  it.each(FAULTS)('$name', { timeout: 60_000 }, async (fault) => {
    const findings = await findingsOf(fault)
    expect(findings).toContainEqual(expect.objectContaining(fault.found))
    expect([...new Set(findings.map(({ operation }) => operation))]).toEqual([fault.found.operation])
  })
})
