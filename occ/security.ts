import type { CommandHandler } from '#console/command.ts'
import { defineReleaseCommands } from '#console/define-command.ts'
import { fail } from '#console/fail.ts'
import { writeArray } from '#console/write-in-format.ts'
import { parseIp } from '#lib/ip.ts'
import * as attempts from '#world/accounts/brute-force.ts'

const noAddress = (address: string) => `"${address}" is not a valid IP address`

const showAttempts: CommandHandler = (context) => {
  const { input, world } = context
  const [address, action] = [input.text('ipaddress'), input.text('action')]
  if (!parseIp(address)) return fail(context, noAddress(address))
  writeArray(context, {
    'bypass-listed': attempts.isBypassed(world, address),
    attempts: attempts.count(world, address, action),
    delay: attempts.delay(world, address, action),
  })
  return 0
}

const resetAttempts: CommandHandler = (context) => {
  const { input, world } = context
  const address = input.text('ipaddress')
  if (!parseIp(address)) return fail(context, noAddress(address))
  attempts.reset(world, address)
  return 0
}

export const securityCommands = defineReleaseCommands({
  'security:bruteforce:attempts': showAttempts,
  'security:bruteforce:reset': resetAttempts,
})
