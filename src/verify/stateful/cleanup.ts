import type { Answer } from '#line/call.ts'
import { decodeEnvelope, parseXml, plain, textOf, type XmlElement } from '../decode-answer.ts'
import type { ProbeRequest } from '../exchange.ts'
import { NoAnswerError, type Sender } from '../sender.ts'
import { isOwnName, PREFIX } from './own-names.ts'

/** What the verifier made and what is there, by kind. */
export interface Leftovers {
  readonly users: readonly string[]
  readonly groups: readonly string[]
  /** As `app/key`. */
  readonly settings: readonly string[]
  /** Addresses of tags by their names. */
  readonly tags: ReadonlyMap<string, string>
  /** Ids of webhooks. */
  readonly webhooks: readonly string[]
}

export const countLeftovers = ({ users, groups, settings, tags, webhooks }: Leftovers): number =>
  users.length + groups.length + settings.length + tags.size + webhooks.length

export interface CleanupOptions {
  readonly sender: Sender
  readonly sleep?: ((milliseconds: number) => Promise<void>) | undefined
  readonly onWait?: ((message: string) => void) | undefined
  /**
   * What the server did not let go of, by name or address: it is not tried again, so that many clean-ups of one run do
   * not each try all that the ones before could not remove. Filled in here.
   */
  readonly stuck?: Set<string> | undefined
}

/** Pauses before a broken connection is tried again, in milliseconds: a minute in all. */
const PAUSES = [250, 500, 1000, 2000, 4000, 8000, 15_000, 30_000]
/** How often the server is searched until nothing is found. */
const ROUNDS = 3

/**
 * Remove everything that the verifier made, in this run or in one that could not end: accounts with all that is
 * theirs, groups, settings, tags. It is found by its name, so nobody has to remember it.
 * @returns what could not be removed
 * @throws NoAnswerError where the connection stays broken
 */
export async function cleanUp(options: CleanupOptions): Promise<{ removed: number; left: Leftovers }> {
  const send = withRetries(options)
  let left = await findLeftovers(send)
  const before = countLeftovers(left)
  for (let round = 0; round < ROUNDS; round++) {
    const addresses = addressesOf(left).filter(({ path }) => !options.stuck?.has(path))
    if (addresses.length === 0) break
    for (const address of addresses) await send(address)
    const found = await findLeftovers(send)
    const isStuck = countLeftovers(found) >= countLeftovers(left)
    left = found
    // What nothing of goes the second time either stays.
    if (isStuck && round > 0) break
  }
  for (const { path } of addressesOf(left)) options.stuck?.add(path)
  return { removed: before - countLeftovers(left), left }
}

const addressesOf = ({ users, groups, settings, tags, webhooks }: Leftovers): ProbeRequest[] => [
  ...webhooks.map((id) => ocs('DELETE', `${WEBHOOKS}/${id}`)),
  ...users.map((id) => ocs('DELETE', `/cloud/users/${encodeURIComponent(id)}`)),
  ...groups.map((id) => ocs('DELETE', `/cloud/groups/${encodeURIComponent(id)}`)),
  ...settings.map((key) => ocs('DELETE', `${SETTINGS}/${key}`)),
  ...[...tags.values()].map((address): ProbeRequest => ({ ...ocs('DELETE', address), raw: true })),
]

type SendRequest = (request: ProbeRequest) => Promise<Answer>

/** A connection that breaks is tried again for a while: what was made should not stay. */
function withRetries({ sender, sleep = pause, onWait }: CleanupOptions): SendRequest {
  return async (request) => {
    for (const milliseconds of PAUSES) {
      try {
        return (await sender.exchange(request)).answer
      } catch (error) {
        if (!(error instanceof NoAnswerError)) throw error
        onWait?.(`No answer while cleaning up (${error.message}); trying again in ${milliseconds / 1000} s.`)
        await sleep(milliseconds)
      }
    }
    return (await sender.exchange(request)).answer
  }
}

const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds))

const SETTINGS = '/apps/provisioning_api/api/v1/config/apps'
const WEBHOOKS = '/apps/webhook_listeners/api/v1/webhooks'
const TAGS = '/remote.php/dav/systemtags/'
const TAG_NAMES =
  '<?xml version="1.0"?><d:propfind xmlns:d="DAV:" xmlns:oc="http://owncloud.org/ns"><d:prop><oc:display-name/></d:prop></d:propfind>'

const ocs = (method: string, path: string, query = ''): ProbeRequest => ({
  as: 'admin',
  version: 2,
  format: 'json',
  method,
  path,
  query,
})

async function findLeftovers(send: SendRequest): Promise<Leftovers> {
  const listed = async (path: string, query: string, member: string): Promise<string[]> => {
    const decoded = decodeEnvelope(await send(ocs('GET', path, query)))
    const data = typeof decoded === 'string' ? null : (plain(decoded.data) as Record<string, unknown> | null)
    const list = data?.[member]
    return Array.isArray(list) ? list.map(String).filter(isOwnName) : []
  }
  const search = `search=${PREFIX}`
  const settings: string[] = []
  for (const app of await listed(SETTINGS, '', 'data')) {
    for (const key of await listed(`${SETTINGS}/${app}`, '', 'data')) settings.push(`${app}/${key}`)
  }
  return {
    users: await listed('/cloud/users', search, 'users'),
    groups: await listed('/cloud/groups', search, 'groups'),
    settings,
    tags: await findTags(send),
    webhooks: await findWebhooks(send),
  }
}

/** By their address: they have no name. */
async function findWebhooks(send: SendRequest): Promise<string[]> {
  const decoded = decodeEnvelope(await send(ocs('GET', WEBHOOKS)))
  const list: unknown = typeof decoded === 'string' ? null : plain(decoded.data)
  if (!Array.isArray(list)) return []
  return (list as readonly { id?: unknown; uri?: unknown }[])
    .filter(({ uri }) => isOwnName(String(uri).split('/').at(-1) ?? ''))
    .map(({ id }) => String(id))
}

async function findTags(send: SendRequest): Promise<ReadonlyMap<string, string>> {
  const headers = { depth: '1', 'content-type': 'application/xml' }
  const root = parseXml(textOf(await send({ ...ocs('PROPFIND', TAGS), raw: true, headers, body: TAG_NAMES })))
  const tags = new Map<string, string>()
  if (typeof root === 'string') return tags
  for (const response of root.children) {
    const name = find(response, 'oc:display-name')?.text ?? ''
    const address = find(response, 'd:href')?.text
    if (isOwnName(name) && address !== undefined)
      tags.set(name, `${TAGS}${address.replace(/\/$/, '').split('/').at(-1)}`)
  }
  return tags
}

function find(element: XmlElement, name: string): XmlElement | undefined {
  return element.name === name
    ? element
    : element.children.map((child) => find(child, name)).find((found) => found !== undefined)
}
