import { allowedMethods } from '#dav/methods.ts'
import type { PropertyValue } from '#dav/multistatus.ts'
import type { DavContext } from '#dav/resource.ts'
import { d, element, nc, oc, type XmlElement } from '#dav/xml.ts'
import { atomDate, httpDate } from '#lib/http-date.ts'
import * as users from '#world/accounts/users.ts'
import * as comments from '#world/files/comments.ts'
import type { Entry } from '#world/files/files.ts'
import * as files from '#world/files/files.ts'
import { hasPreview } from '#world/files/previews.ts'
import { quotaBytes, UNLIMITED, usedBytes } from '#world/files/quota.ts'
import * as fileReminders from '#world/files/reminders.ts'
import { tagsOf } from '#world/files/tags.ts'
import { getSystem } from '#world/settings/config.ts'
import * as limits from '#world/sharing/download-limits.ts'
import type { World } from '#world/world.ts'
import * as properties from '../state/file-properties.ts'
import { lockDiscovery } from './lock-properties.ts'
import { davPermissions, sharePermissions } from './permissions.ts'
import { receivedAttributes, receivedHides, receivedNote } from './share-properties.ts'
import { tagElements } from './system-tags.ts'

/** One property of a file or folder; `undefined`: it has none. */
type Getter = (dav: DavContext, entry: Entry, path: string) => PropertyValue | undefined

const ocs = (name: string) => `{http://open-collaboration-services.org/ns}${name}`
const ocm = (name: string) => `{http://open-cloud-mesh.org/ns}${name}`
const onlyFolder =
  (get: Getter): Getter =>
  (dav, entry, path) =>
    files.isFolder(entry) ? get(dav, entry, path) : undefined
const onlyFile =
  (get: Getter): Getter =>
  (dav, entry, path) =>
    files.isFolder(entry) ? undefined : get(dav, entry, path)
/** Only the newer server knows it. */
const onlyFull =
  (get: Getter): Getter =>
  (dav, entry, path) =>
    dav.server.full ? get(dav, entry, path) : undefined

/** The id of a node together with the instance's. */
export const davFileId = (dav: DavContext, id: number): string =>
  String(id).padStart(8, '0') + getSystem(dav.world, 'instanceid', '')

export const etagOf = (world: World, entry: Entry): string => `"${files.etagWithMounts(world, entry)}"`

const LOCK_ENTRY = (scope: string): XmlElement =>
  element(d('lockentry'), [element(d('lockscope'), [element(d(scope))]), element(d('locktype'), [element(d('write'))])])

const GETTERS: ReadonlyMap<string, Getter> = new Map<string, Getter>([
  [d('getlastmodified'), ({ world }, entry) => httpDate(files.mtimeWithMounts(world, entry))],
  [d('getetag'), ({ world }, entry) => etagOf(world, entry)],
  [d('getcontenttype'), onlyFile((_, { node }) => node.mime)],
  [d('getcontentlength'), onlyFile((_, { node }) => node.size)],
  [d('resourcetype'), (_, entry) => (files.isFolder(entry) ? [element(d('collection'))] : [])],
  [d('displayname'), (dav, entry) => displayName(dav, entry)],
  [d('creationdate'), (_, { node }) => atomDate(node.createdAt)],
  [d('quota-used-bytes'), onlyFolder((dav, entry) => entry.node.size - uncounted(dav, entry))],
  [d('quota-available-bytes'), onlyFolder((dav, entry) => available(dav, entry))],
  [d('supportedlock'), () => [LOCK_ENTRY('exclusive'), LOCK_ENTRY('shared')]],
  [d('lockdiscovery'), (dav, entry, path) => lockDiscovery(dav, entry, path)],
  [
    d('supported-report-set'),
    (dav) => dav.server.reports.map((name) => element(d('supported-report'), [element(d('report'), [element(name)])])),
  ],
  [
    d('supported-method-set'),
    (dav, _, path) => allowedMethods(dav, path).map((name) => ({ name: d('supported-method'), attributes: { name } })),
  ],
  [oc('id'), (dav, { node }) => davFileId(dav, node.id)],
  [oc('fileid'), (_, { node }) => node.id],
  [oc('permissions'), (dav, entry) => davPermissions(dav.world, entry)],
  [ocs('share-permissions'), (_, entry) => sharePermissions(entry)],
  [ocm('share-permissions'), (_, entry) => ocmPermissions(sharePermissions(entry))],
  [oc('size'), (dav, entry) => files.sizeWithMounts(dav.world, entry) - uncounted(dav, entry)],
  [oc('owner-id'), (_, { owner }) => owner],
  [oc('owner-display-name'), ({ world }, { owner }) => users.find(world, owner)?.displayName],
  [oc('favorite'), ({ world, userId }, { node }) => (tagsOf(world, userId, node.id).favorite ? 1 : 0)],
  [
    oc('tags'),
    ({ world, userId }, { node }) => tagsOf(world, userId, node.id).tags.map((tag) => element(oc('tag'), tag)),
  ],
  [oc('checksums'), onlyFile((_, { node }) => (node.checksum === '' ? undefined : checksums(node.checksum)))],
  [oc('data-fingerprint'), ({ world }) => getSystem(world, 'data-fingerprint', '')],
  [oc('downloadURL'), onlyFile(() => false)],
  [nc('download-url-expiration'), onlyFile(() => false)],
  [nc('share-attributes'), (dav, entry) => receivedAttributes(dav, entry)],
  [nc('has-preview'), (_, { node }) => String(hasPreview(node))],
  [nc('mount-type'), (_, { mount }) => mount?.kind ?? ''],
  [nc('is-mount-root'), (_, entry) => String(files.isMountRoot(entry))],
  [nc('creation_time'), (_, { node }) => node.createdAt],
  [nc('upload_time'), onlyFile((_, { node }) => node.uploadedAt)],
  [nc('last_activity'), (_, { node }) => Math.max(node.mtime, node.uploadedAt)],
  [nc('hidden'), () => 'false'],
  [nc('is-federated'), () => false],
  [nc('contained-folder-count'), onlyFolder(({ world }, entry) => count(world, entry, true))],
  [nc('contained-file-count'), onlyFolder(({ world }, entry) => count(world, entry, false))],
  [nc('rich-workspace'), onlyFolder(() => '')],
  [nc('rich-workspace-file'), onlyFolder(() => '')],
  [oc('comments-count'), ({ world }, { node }) => comments.list(world, 'files', String(node.id)).length],
  [oc('comments-unread'), (dav, entry) => unreadComments(dav, entry)],
  [oc('comments-href'), (dav, { node }) => `${dav.server.base.replace(/[^/]*\/$/, 'dav/')}comments/files/${node.id}`],
  [nc('share-download-limits'), onlyFile((dav, entry) => downloadLimits(dav, entry))],
  [nc('note'), (dav, entry) => receivedNote(dav, entry)],
  [nc('hide-download'), (dav, entry) => receivedHides(dav, entry)],
  [nc('system-tags'), onlyFull((dav, { node }) => tagElements(dav, node.id))],
  [nc('reminder-due-date'), (dav, entry) => reminder(dav, entry)],
])

/** A property of a file or folder, as the account sees it that asks. */
export function fileProperty(dav: DavContext, entry: Entry, path: string, name: string): PropertyValue | undefined {
  const getter = GETTERS.get(name)
  if (!getter && dav.server.public) return undefined
  return getter ? getter(dav, entry, path) : properties.find(dav.world, dav.userId, `file/${entry.node.id}`, name)
}

/** What a home begins with counts only from the second request on (Nextcloud 34.0.1, asked). */
const uncounted = ({ actor }: DavContext, { path, node }: Entry): number =>
  actor.isFirstLogin && path === '/' ? node.size : 0

/** The name of a home is the account's id, not its display name. Asked: Nextcloud 34.0.1. */
function displayName(dav: DavContext, { path, userId }: Entry): string {
  if (path !== '/') return files.baseName(path)
  return dav.server.full ? userId : 'files'
}

function available({ world }: DavContext, { owner }: Entry): number {
  const quota = quotaBytes(world, owner)
  return quota === UNLIMITED ? UNLIMITED : Math.max(0, quota - usedBytes(world, owner))
}

function downloadLimits({ server, world, userId }: DavContext, { node }: Entry): XmlElement[] | undefined {
  if (server.public || !limits.isOn(world)) return undefined
  return limits
    .ofFile(world, userId, node.id)
    .map(({ token, limit, count }) =>
      element(nc('share-download-limit'), [
        element(nc('token'), token),
        element(nc('limit'), String(limit)),
        element(nc('count'), String(count)),
      ]),
    )
}

function ocmPermissions(permissions: number): string {
  const words = [
    ...(permissions & files.PERMISSION.share ? ['share'] : []),
    ...(permissions & files.PERMISSION.read ? ['read'] : []),
    ...(permissions & (files.PERMISSION.create | files.PERMISSION.update) ? ['write'] : []),
  ]
  return JSON.stringify(words)
}

function unreadComments({ world, userId }: DavContext, { node }: Entry): number {
  return comments.list(world, 'files', String(node.id)).filter((comment) => comments.isUnread(world, userId, comment))
    .length
}

function reminder({ world, userId }: DavContext, { node }: Entry): string {
  const found = fileReminders.find(world, userId, node.id)
  return found ? atomDate(found.dueAt) : ''
}

function checksums(checksum: string): XmlElement[] {
  return [element(oc('checksum'), checksum)]
}

function count(world: DavContext['world'], entry: Entry, folders: boolean): number {
  return files.list(world, entry).filter((inner) => files.isFolder(inner) === folders).length
}
