import type { CommandHandler } from '#console/command.ts'
import { defineReleaseCommands } from '#console/define-command.ts'
import { writeArray } from '#console/write-in-format.ts'
import { getSystem } from '#world/settings/config.ts'
import { versionOf } from '#world/settings/version.ts'

/** Exit codes of `status --exit-code`. */
const IN_MAINTENANCE = 1
const NEEDS_UPGRADE = 2

const status: CommandHandler = (context) => {
  const { world, profile, input } = context
  const { version, versionString } = versionOf(world, profile)
  const maintenance = getSystem(world, 'maintenance', false)
  const needsDbUpgrade = getSystem(world, 'needsDbUpgrade', false)
  const code = maintenance ? IN_MAINTENANCE : needsDbUpgrade ? NEEDS_UPGRADE : 0
  if (input.flag('exit-code') && !input.flag('verbose')) return code
  writeArray(context, {
    installed: true,
    version: version.join('.'),
    versionstring: versionString,
    edition: profile.edition,
    maintenance,
    needsDbUpgrade,
    productname: profile.productName,
    extendedSupport: false,
  })
  return input.flag('exit-code') ? code : 0
}

/** Nothing to complain about: a fake has no PHP modules that could be missing. */
const check: CommandHandler = () => 0

export const serverCommands = defineReleaseCommands({ status, check })
