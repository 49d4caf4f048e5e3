import type { AccessControl } from '#dav/acl.ts'
import type { DavContext, Resource } from '#dav/resource.ts'
import { d, oc } from '#dav/xml.ts'
import { avatarPng } from '#handlers/core/api.ts'
import { escapeText, readComponent } from '#lib/icalendar/component.ts'
import { PRODID } from '#lib/icalendar/validate.ts'
import { writeComponent } from '#lib/icalendar/write.ts'
import { md5 } from '#lib/md5.ts'
import { forbidden, notFound } from '#line/dav-exit.ts'
import * as accounts from '#world/accounts/accounts.ts'
import * as contacts from '#world/accounts/contacts.ts'
import * as groups from '#world/accounts/groups.ts'
import * as users from '#world/accounts/users.ts'
import { getApp, getAppBool } from '#world/settings/config.ts'
import type { Changes } from './answers.ts'
import { exportBook } from './book-export.ts'
import { BOOK_PROPERTIES, BOOK_REPORTS } from './book-properties.ts'
import { reportCards } from './card-reports.ts'
import { shownCard } from './cards.ts'
import { groupwareResource } from './collections.ts'
import { card, cs, ncCom, SYNC, sabre } from './names.ts'
import { refuseShare } from './share-request.ts'
import { reportSync, type SyncRequest } from './sync.ts'

export const SYSTEM = 'z-server-generated--system'

const OWNER = 'principals/system/system'
const ACCESS: AccessControl = {
  owner: OWNER,
  grants: [
    { principal: OWNER, privilege: d('read') },
    { principal: OWNER, privilege: d('write-properties') },
    { principal: d('authenticated'), privilege: d('read') },
    { principal: d('authenticated'), privilege: d('write-properties') },
  ],
}

/** Whether accounts see the address book of accounts among their own. */
export const isExposed = ({ world }: DavContext): boolean =>
  getAppBool(world, 'dav', 'system_addressbook_exposed', true)

/** All accounts as contacts. */
export function systemBook(dav: DavContext, path: string): Resource {
  const members = () => shownCards(dav).map((one) => cardFor(dav, path, one))
  const resource: Resource = groupwareResource(dav, {
    path,
    collection: true,
    acl: ACCESS,
    reports: BOOK_REPORTS,
    property(name) {
      const token = contacts.bookToken(dav.world)
      switch (name) {
        case d('displayname'):
        case ncCom('owner-displayname'):
          return 'Accounts'
        case card('addressbook-description'):
          return 'System address book which holds all accounts'
        case cs('getctag'):
        case sabre('sync-token'):
          return token
        case d('sync-token'):
          return SYNC + token
        case oc('owner-principal'):
          return OWNER
        case oc('read-only'):
          return true
        case oc('invite'):
        case oc('groups'):
          return []
        default:
          return BOOK_PROPERTIES.get(name)
      }
    },
    members,
    remove() {
      throw forbidden('')
    },
    report: (root) =>
      reportCards(dav, resource, root, members) ??
      reportSync(dav, resource, root, (request) => changesOf(dav, path, request)),
    post: (body) => refuseShare(dav, resource, body),
    getInstead: () => exportBook(dav, path.slice(path.lastIndexOf('/') + 1), members),
  })
  return resource
}

const uriOf = (userId: string) => `Database:${userId}.vcf`

export function findSystemCard(dav: DavContext, path: string, uri: string): Resource {
  const found = shownCards(dav).find(({ userId }) => uriOf(userId) === uri)
  if (!found) throw notFound('Card not found')
  return cardFor(dav, path, found)
}

/** The cards that whoever asks may see: all, those of their groups, or their own alone. */
function shownCards({ world, userId }: DavContext): contacts.AccountCard[] {
  const is = (key: string, fallback: string) => getApp(world, 'core', key, fallback) === 'yes'
  const all = contacts.cardsOfServer(world)
  const byGroup = is('shareapi_restrict_user_enumeration_to_group', 'no')
  const byPhone = is('shareapi_restrict_user_enumeration_to_phone', 'no')
  if (!is('shareapi_allow_share_dialog_user_enumeration', 'yes') || (!byGroup && byPhone)) {
    return all.filter((one) => one.userId === userId)
  }
  if (!byGroup) return all
  const members = new Set(groups.groupsOf(world, userId).flatMap((id) => groups.members(world, id)))
  return all.filter((one) => members.has(one.userId))
}

function cardFor(dav: DavContext, path: string, { userId, at }: contacts.AccountCard): Resource {
  const data = cardOf(dav, users.find(dav.world, userId)!)
  return shownCard(
    dav,
    { path, access: ACCESS },
    { uri: uriOf(userId), data, etag: `"${md5(data)}"`, modifiedAt: at ?? 0 },
  )
}

function changesOf(dav: DavContext, path: string, { token }: SyncRequest): Changes {
  const { world } = dav
  const current = SYNC + contacts.bookToken(world)
  const since = Number(token) || 0
  const changed = shownCards(dav).filter((one) => (one.token ?? 0) >= since)
  const gone = since === 0 ? [] : contacts.goneSince(world, since).map(uriOf)
  return { token: current, present: changed.map((one) => cardFor(dav, path, one)), gone }
}

/** Fields of accounts in the order of their cards. */
const FIELDS = [
  ...['displayname', 'address', 'website', 'email', 'avatar', 'phone', 'twitter', 'organisation', 'role'],
  ...['biography', 'birthdate', 'profile_enabled'],
]

const PHOTO_SIZE = 512

/** What an account tells others on this server, as a vCard. */
function cardOf({ world, request }: DavContext, user: users.User): string {
  const lines = ['BEGIN:VCARD', 'VERSION:3.0', `PRODID:${PRODID}`, `UID:${escapeText(user.id)}`]
  for (const field of FIELDS) {
    const { value, scope } = accounts.property(world, user, field)
    if (scope === 'v2-private' || (field !== 'avatar' && (value === '' || value === '0'))) continue
    lines.push(...linesOf(field, value, scope, user, request.baseUrl))
  }
  for (const mail of accounts.mails(world, user)) {
    if (mail.scope !== 'v2-private') lines.push(`EMAIL;TYPE=OTHER;X-NC-SCOPE=${mail.scope}:${escapeText(mail.value)}`)
  }
  lines.push(`CLOUD:${user.id}@${request.baseUrl.replace(/^https:\/\//, '')}`, 'END:VCARD')
  return writeComponent(readComponent(lines.join('\r\n')))
}

function linesOf(field: string, value: string, scope: string, user: users.User, baseUrl: string): string[] {
  const line = (name: string, text = escapeText(value), more = '') => [`${name}${more};X-NC-SCOPE=${scope}:${text}`]
  switch (field) {
    case 'displayname':
      return [...line('FN'), ...line('N', nameParts(value).map(escapeText).join(';'))]
    case 'address':
      return line('ADR', `;;;${escapeText(value)};;;`, ';TYPE=OTHER')
    case 'website':
      return line('URL', value)
    case 'email':
      return line('EMAIL', escapeText(value), ';TYPE=OTHER')
    case 'avatar':
      return [`PHOTO;ENCODING=b;TYPE=image/png;0=${scope}:${base64(avatarPng(user.displayName, PHOTO_SIZE))}`]
    case 'phone':
      return line('TEL', escapeText(value), ';TYPE=VOICE')
    case 'twitter':
      return line('X-SOCIALPROFILE', escapeText(value), ';TYPE=TWITTER')
    case 'organisation':
      return line('ORG')
    case 'role':
      return line('TITLE')
    case 'biography':
      return line('NOTE')
    case 'birthdate':
      return line('BDAY', value.replaceAll('-', ''))
    default: {
      const address = `${baseUrl}/index.php/u/${encodeURIComponent(user.id)}`
      return [`X-SOCIALPROFILE;TYPE=NEXTCLOUD;X-NC-SCOPE=v2-published:${address}`]
    }
  }
}

/** Family name, given name, those between. */
function nameParts(name: string): string[] {
  const words = name.split(' ')
  if (words.length === 1) return [words[0]!, '', '', '', '']
  return [words.at(-1)!, words[0]!, words.slice(1, -1).join(' '), '', '']
}

const base64 = (bytes: Uint8Array): string => {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return btoa(text)
}
