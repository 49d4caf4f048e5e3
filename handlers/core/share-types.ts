import { defineShareType, type FoundSharee, type ShareeQuery, type ShareTypeContext } from '#app/index.ts'
import { predefinedStatuses, settledStatus } from '#app/user-status.ts'
import { withoutHttps } from '#lib/cloud-id.ts'
import { isEmailAddress } from '#lib/email-address.ts'
import { isEnabled } from '#world/settings/apps.ts'
import { settings, sharees, TYPE } from '#world/sharing/shares.ts'

const isFile = (itemType: string) => itemType === 'file' || itemType === 'folder'

const questionOf = ({ text, limit, offset }: ShareeQuery, { me }: ShareTypeContext): sharees.ShareeQuestion => ({
  me,
  text,
  limit,
  offset,
  isAddress: isEmailAddress,
})

export const accountShares = defineShareType({
  type: TYPE.user,
  name: 'users',
  data: [predefinedStatuses],
  isOffered: () => true,
  search(query, context) {
    const { world } = context
    const question = questionOf(query, context)
    const known = sharees.findAccounts(world, question)
    const more = sharees.findAccountContacts(world, question, known)
    return [...known, ...more].map(({ exact, found }) => ({ exact, item: showAccount(found, context) }))
  },
})

function showAccount(
  { user, address, contact }: sharees.AccountFound,
  { world, profile }: ShareTypeContext,
): FoundSharee['item'] {
  const value = { shareType: TYPE.user, shareWith: user.id }
  if (contact) {
    const [first] = contact.emails
    const label = `${contact.name} (${first})`
    return { label, uuid: contact.uid, name: contact.name, value, shareWithDisplayNameUnique: first }
  }
  const status = settledStatus(world, profile, user.id)
  return {
    label: address === null ? user.displayName : `${user.displayName} (${address})`,
    subline: status?.message ?? '',
    icon: 'icon-user',
    value,
    shareWithDisplayNameUnique: address ?? (user.email || user.id),
    status: status ?? [],
  }
}

export const groupShares = defineShareType({
  type: TYPE.group,
  name: 'groups',
  isOffered: (_, { world }) => settings.allowsGroups(world),
  search: (query, context) =>
    sharees.findGroups(context.world, questionOf(query, context)).map(({ exact, found }) => ({
      exact,
      item: { label: found.displayName, value: { shareType: TYPE.group, shareWith: found.id } },
    })),
})

export const remoteShares = defineShareType({
  type: TYPE.remote,
  name: 'remotes',
  isOffered: (itemType, { world }) =>
    itemType === 'calendar' || ((isFile(itemType) || itemType === 'teams') && settings.allowsOutgoingRemote(world)),
  search(query, context) {
    const found = sharees.findRemote(context.world, questionOf(query, context), context.baseUrl)
    if (!found) return []
    const { user, server, cloudId, trusted } = found
    const value = { shareType: TYPE.remote, shareWith: cloudId, server, isTrustedServer: trusted }
    return [{ exact: true, item: { label: `${user} (${server})`, uuid: user, name: user, value } }]
  },
})

export const remoteGroupShares = defineShareType({
  type: TYPE.remoteGroup,
  name: 'remote_groups',
  isOffered: (itemType, { world }) => isFile(itemType) && settings.allowsOutgoingRemoteGroups(world),
  search(query, context) {
    const found = sharees.findRemote(context.world, questionOf(query, context), context.baseUrl)
    if (!found) return []
    const { user, cloudId } = found
    const server = found.server.includes('://') ? found.server : `https://${withoutHttps(found.server)}`
    const value = { shareType: TYPE.remoteGroup, shareWith: cloudId, server }
    return [{ exact: true, item: { label: `${user} (${server})`, guid: user, name: user, value } }]
  },
})

export const emailShares = defineShareType({
  type: TYPE.email,
  name: 'emails',
  isOffered: (itemType, { world }) => !isFile(itemType) || isEnabled(world, 'sharebymail'),
  search: (query, context) => sharees.findMails(context.world, questionOf(query, context)).map(showMail),
})

function showMail({ exact, found: { address, contact } }: ReturnType<typeof sharees.findMails>[number]): FoundSharee {
  const value = { shareType: TYPE.email, shareWith: address }
  if (!contact) return { exact, item: { label: address, uuid: address, value } }
  const label = `${contact.name} (${address})`
  return { exact, item: { label, uuid: contact.uid, name: contact.name, type: '', value } }
}
