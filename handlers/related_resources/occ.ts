import type { CommandHandler } from '#console/command.ts'
import { defineReleaseCommands } from '#console/define-command.ts'
import { CommandException, ConsoleError, thrownAt } from '#console/errors.ts'
import { notBuilt } from '#console/not-built.ts'
import { toInt } from '#lib/php.ts'
import * as users from '#world/accounts/users.ts'
import * as apps from '#world/settings/apps.ts'
import { sharesTable } from '#world/sharing/share.ts'

const CIRCLES = 'circles'
/** What can be related; those of Deck and Calendar come with these apps. */
const PROVIDERS: readonly string[] = ['files', 'account']

const EXCEPTIONS = 'OCA\\RelatedResources\\Exceptions'

/** `related:test`: why nothing is found is said as 34.0.1 does (asked); what is found of a shared file is not built. */
const test: CommandHandler = (context) => {
  const { input, world } = context
  if (!users.find(world, input.text('userId')))
    throw new ConsoleError('must specify a valid local user', 'InvalidArgumentException')
  if (!apps.isEnabled(world, CIRCLES)) throw new CommandException('Circles needs to be enabled')
  const provider = input.text('providerId')
  if (!PROVIDERS.includes(provider))
    throw thrownAt(
      'RelatedService',
      596,
      `Failed to find provider ${provider}`,
      `${EXCEPTIONS}\\RelatedResourceProviderNotFound`,
    )
  const id = toInt(input.text('itemId'))
  const isShared = provider === 'files' && [...world.table(sharesTable).values()].some(({ nodeId }) => nodeId === id)
  if (isShared) return notBuilt('related:test')(context)
  throw thrownAt('RelatedService', 241, '', `${EXCEPTIONS}\\RelatedResourceNotFound`)
}

export const relatedCommands = defineReleaseCommands({ 'related:test': test })
