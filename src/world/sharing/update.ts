import * as files from '../files/files.ts'
import * as config from '../settings/config.ts'
import type { World } from '../world.ts'
import {
  checkCommon,
  checkContents,
  checkGroupShare,
  checkLink,
  checkSharer,
  checkUserShare,
  type Refusal,
} from './checks.ts'
import { type SharedOrRefused, withoutEmpty } from './create.ts'
import { settleExpiry } from './expiry.ts'
import { checkPassword } from './passwords.ts'
import * as received from './received.ts'
import { isCollective, recipientsOf } from './recipients.ts'
import * as shares from './share.ts'
import { isLinkLike, type Share, TYPE } from './share.ts'

/**
 * Change a share into what is given, where the rules allow it.
 * @param old as it was kept
 * @param actor who changes it
 * @param weakness what the password policy has against the password, if it has one
 */
export function update(
  world: World,
  changed: Share,
  old: Share,
  actor: string,
  weakness: string | null = null,
): SharedOrRefused {
  const refusal = checkSharer(world, changed.sharedBy) ?? checkUpdate(world, changed, actor)
  if (refusal) return refusal
  const password = isLinkLike(changed)
    ? settlePassword(world, changed, old, actor, weakness)
    : { password: old.password }
  if ('reason' in password) return password
  const expiry = settled(world, changed, old, actor)
  if ('reason' in expiry) return expiry
  const contents = checkContents(world, changed.owner, files.entryOf(world, changed.owner, changed.nodeId))
  if (contents) return contents
  const share: Share = { ...changed, ...password, ...expiry }
  write(world, share, old)
  return { share }
}

function checkUpdate(world: World, changed: Share, actor: string): Refusal | null {
  if (changed.type === TYPE.user && changed.sharedWith === changed.owner) return { reason: 'with-owner' }
  const common = checkCommon(world, changed, changed.owner)
  if (common) return common
  if (changed.type === TYPE.user) return checkUserShare(world, changed)
  if (changed.type === TYPE.group) return checkGroupShare(world, changed)
  return isLinkLike(changed) ? checkLink(world, changed, actor) : null
}

type PasswordChange = Pick<Share, 'password'> & Partial<Pick<Share, 'passwordExpiresAt'>>

function settlePassword(
  world: World,
  changed: Share,
  old: Share,
  actor: string,
  weakness: string | null,
): PasswordChange | Refusal {
  const { password } = changed
  if (password === old.password) return { password }
  const weak = checkPassword(world, actor, { password, weakness })
  if (weak) return weak
  if (changed.type !== TYPE.email) return { password }
  return { password, passwordExpiresAt: password === null ? null : passwordEnd(world) }
}

/** Passwords of mails can be made to end by themselves. */
function passwordEnd(world: World): number | null {
  if (!config.getSystem(world, 'sharing.enable_mail_link_password_expiration', false)) return null
  return world.clock.seconds() + config.getSystem(world, 'sharing.mail_link_password_expiration_interval', 3600)
}

/** Any change of a share that ends looks at its end again, even where that stays (Nextcloud 34.0.1, source). */
function settled(world: World, changed: Share, old: Share, actor: string): Pick<Share, 'expiresAt'> | Refusal {
  if (changed.expiresAt === null && old.expiresAt === null) return { expiresAt: null }
  return settleExpiry(world, actor, changed, { at: changed.expiresAt, explicitlyNone: false, isNew: false })
}

function write(world: World, share: Share, old: Share): void {
  const mailSend = share.type === TYPE.email ? share.mailSend : old.mailSend
  shares.put(world, { ...withoutEmpty(share), target: old.target, mailSend })
  if (isCollective(world, share)) followGroup(world, share)
  for (const userId of recipientsOf(world, share)) received.refreshMount(world, userId, share.nodeId)
  if (share.note !== old.note && share.note !== '') world.emit({ type: 'share.noted', share })
  world.emit({ type: 'share.updated', share, old })
}

/**
 * What members changed for themselves keeps its target; those who left stay away. What a group's members made links of
 * gives what the group was given, be it more or less (Nextcloud 34.0.1, source).
 */
function followGroup(world: World, share: Share): void {
  const { owner, sharedBy, permissions, attributes, nodeId } = share
  for (const own of shares.childrenOf(world, share.id)) {
    const rights = own.permissions === 0 ? {} : { permissions, attributes }
    if (own.type === TYPE.member) shares.patch(world, own.id, { owner, sharedBy, nodeId, ...rights })
    else if (share.type === TYPE.group) shares.patch(world, own.id, rights)
  }
}
