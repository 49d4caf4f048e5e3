import type { CommandHandler } from '#console/command.ts'
import { defineReleaseCommands } from '#console/define-command.ts'
import { thrownAt } from '#console/errors.ts'
import { fail } from '#console/fail.ts'
import { phpJson, phpJsonPretty } from '#console/php-json.ts'
import { renderTable } from '#console/table.ts'
import { writeArray } from '#console/write-in-format.ts'
import { parseIp } from '#lib/ip.ts'
import { longDate } from '#lib/long-date.ts'
import { dateC } from '#lib/php.ts'
import * as attempts from '#world/accounts/brute-force.ts'
import * as certificates from '#world/settings/certificates.ts'

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

const listCertificates: CommandHandler = ({ input, output, world }) => {
  const all = certificates.list(world)
  const format = input.value('output')
  if (format === 'json' || format === 'json_pretty') {
    const encode = format === 'json' ? phpJson : phpJsonPretty
    const rows = all.map((one) => ({
      name: one.name,
      common_name: one.commonName,
      organization: one.organization,
      expire: dateC(one.validTo),
      issuer: one.issuer,
      issuer_organization: one.issuerOrganization,
      issue_date: dateC(one.validFrom),
    }))
    output.writeln(encode(rows))
    return 0
  }
  renderTable(
    output,
    ['File Name', 'Common Name', 'Organization', 'Valid Until', 'Issued By'],
    all.map((one) => [one.name, one.commonName, one.organization, longDate(one.validTo), one.issuer]),
  )
  return 0
}

const importCertificate: CommandHandler = (context) => {
  const { input, hostFile, world } = context
  const path = input.text('path')
  const pem = hostFile(path)
  if (pem === null)
    return fail(context, 'Certificate not found, please provide a path accessible by the web server user')
  if (certificates.trust(world, path.slice(path.lastIndexOf('/') + 1), pem) === 'unreadable')
    throw thrownAt('Certificate', 57, 'Certificate could not get parsed.')
  return 0
}

const removeCertificate: CommandHandler = ({ input, world }) => {
  certificates.distrust(world, input.text('name'))
  return 0
}

/** Those of the system that come first on a real server are not a fake's. */
const exportCertificates: CommandHandler = ({ output, world }) => {
  output.writeln(certificates.list(world).map(({ pem }) => pem))
  return 0
}

export const securityCommands = defineReleaseCommands({
  'security:bruteforce:attempts': showAttempts,
  'security:bruteforce:reset': resetAttempts,
  'security:certificates': listCertificates,
  'security:certificates:import': importCertificate,
  'security:certificates:remove': removeCertificate,
  'security:certificates:export': exportCertificates,
})
