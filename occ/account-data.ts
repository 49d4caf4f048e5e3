import type { CommandHandler } from '#console/command.ts'
import { defineReleaseCommands } from '#console/define-command.ts'
import { toInt } from '#lib/php.ts'
import { ensureKey } from '#world/accounts/identity-keys.ts'
import * as users from '#world/accounts/users.ts'

/** Accounts and what is told of them are one in a fake. */
const syncAccountData: CommandHandler = ({ input, output, world }) => {
  const page = { limit: toInt(input.value('limit')), offset: toInt(input.value('offset')) }
  for (const { id } of users.searchByName(world, page)) output.writeln(`${id} - nothing to update`)
  return 0
}

/** Pictures are drawn whenever they are asked for. */
const clearAvatarCache: CommandHandler = ({ output }) => {
  output.writeln(['Clearing avatar cache has started', 'Cleared avatar cache successfully'])
  return 0
}

/** Letters of a private key of 2048 bits in PEM. */
const PRIVATE_KEY_SIZE = 1704

const verifyKeys: CommandHandler = async ({ input, output, world }) => {
  const user = users.find(world, input.text('user-id'))
  if (!user) {
    output.writeln('Unknown user')
    return 1
  }
  const { publicKey } = await ensureKey(world, user.id)
  output.writeln([
    `User public key size: ${publicKey.length}`,
    `User private key size: ${PRIVATE_KEY_SIZE}`,
    `User derived public key size: ${publicKey.length}`,
    ...['', 'Stored public key:', publicKey, 'Derived public key:', publicKey],
    '<info>Stored public key matches stored private key</info>',
  ])
  return 0
}

export const accountDataCommands = defineReleaseCommands({
  'user:sync-account-data': syncAccountData,
  'user:clear-avatar-cache': clearAvatarCache,
  'user:keys:verify': verifyKeys,
})
