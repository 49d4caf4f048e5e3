import * as users from '../accounts/users.ts'
import { defineReactions } from '../reactions.ts'
import { isEnabled } from '../settings/apps.ts'
import { getSystem } from '../settings/config.ts'
import type { World } from '../world.ts'
import type { FileNode } from './tree.ts'
import * as tree from './tree.ts'

/** Where the server keeps files of its own. They share the sequence of ids with those of accounts. */
export const STORAGE = 'local::data'

/** A folder of the server's own data, made where it is missing. */
function ensureFolder(world: World, path: string): FileNode {
  let at = tree.ensureStorage(world, STORAGE)
  for (const name of [`appdata_${getSystem(world, 'instanceid', '')}`, ...path.split('/')]) {
    at = tree.child(world, at.id, name) ?? tree.add(world, { parent: at.id, name, type: 'folder' })
  }
  return at
}

/** The contact that a new address book begins with is unpacked once. */
export function unpackDefaultContact(world: World): void {
  const parent = ensureFolder(world, 'dav/defaultContact')
  if (!tree.child(world, parent.id, 'defaultContact.vcf')) {
    tree.add(world, { parent: parent.id, name: 'defaultContact.vcf', type: 'file' })
  }
}

/** A mail carries the logo of the theme, so writing one makes the folder of its pictures (Nextcloud 34.0.1, asked). */
export function writeMail(world: World): void {
  if (isEnabled(world, 'theming')) ensureFolder(world, 'theming/global')
}

/** A picture, a mark that it was drawn, and a small one: files that only show in the ids of others. */
const AVATAR_FILES = 3

/**
 * An account gets a picture with its initial, and another one with another name (Nextcloud 34.0.1, asked).
 * Accounts that come with the installation have none yet.
 */
export const avatarFileReactions = defineReactions(
  {
    'user.created': (world, { userId }) => drawAvatar(world, users.find(world, userId)?.named ? 2 : 1, 1),
    'user.changed': (world, { feature }) => {
      if (feature === 'displayName') drawAvatar(world, 1, 0)
    },
  },
  { evenIfDisabled: true },
)

function skipIds(world: World, count: number): void {
  for (let i = 0; i < count; i++) world.nextId(tree.ID_SEQUENCE)
}

/** The name comes after the account, so a new one that has a name is drawn twice. */
function drawAvatar(world: World, times: number, more: number): void {
  if (!world.table(tree.storagesTable).has(STORAGE)) return
  ensureFolder(world, 'avatar')
  skipIds(world, times * AVATAR_FILES + more)
}

/** The top folder of what the server and its apps keep. */
export function appDataFolder(world: World): FileNode | undefined {
  const root = tree.storageRoot(world, STORAGE)
  return root && tree.child(world, root.id, `appdata_${getSystem(world, 'instanceid', '')}`)
}

/** Accounts that a picture with their initial was drawn for: all but the one that the installation made. */
export const drawnAccounts = (world: World): users.User[] => [...world.table(users.usersTable).values()].slice(1)

/** How many folders and files there are of these pictures, which are no nodes of the tree. */
export function drawnPictures(world: World): { readonly folders: number; readonly files: number } {
  const count = drawnAccounts(world).length
  return { folders: count, files: count * AVATAR_FILES }
}
