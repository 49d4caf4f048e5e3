import type { CommandHandler } from '#console/command.ts'
import { thrownAt } from '#console/errors.ts'
import { notBuilt } from '#console/not-built.ts'
import * as users from '#world/accounts/users.ts'
import { getSystem } from '#world/settings/config.ts'
import { failure } from './occ-failures.ts'

const TYPES = ['internal', 'frontal', 'loopback']

const wrong = (line: number, message: string) => thrownAt('CirclesCheck', line, message)

/** `circles:check`: nobody is at the address that a fake is told to have, so the first one fails (34.0.1, asked). */
export const check: CommandHandler = (context) => {
  const { input, output, world } = context
  const [test, type] = [input.value('test') ?? '', input.value('type') ?? '']
  if (input.flag('capabilities')) return notBuilt('circles:check')(context)
  if (test !== '' && type === '') throw wrong(109, 'Please specify a --type for the test')
  if (test !== '' && !TYPES.includes(type)) throw wrong(112, `Unknown type: ${TYPES.join(', ')}`)
  if (type !== '' && type !== 'loopback') return notBuilt('circles:check')(context)
  const address = test === '' ? getSystem(world, 'overwrite.cli.url', 'http://localhost') : test
  output.writeln([
    '### Checking <info>loopback</info> address.',
    '. The <info>loopback</info> setting is mandatory and can be checked locally.',
    '. The address you need to define here must be a reachable url of your Nextcloud from the hosting server itself.',
    ". By default, the App will use the entry 'overwrite.cli.url' from 'config/config.php'.",
    '',
    `* testing current address: ${address}`,
    `- GET request on <info>${address}/index.php/csrftoken</info>: <error>fail</error>`,
    '',
    '- <comment>You do not have a valid loopback address setup right now.</comment>',
    '',
    'exiting.',
  ])
  throw wrong(193, 'Your Circles App is not fully configured.')
}

/** `circles:test` asks for accounts of its own first; what it does to circles then is not built. */
export const test: CommandHandler = (context) => {
  if (users.find(context.world, 'test1')) return notBuilt('circles:test')(context)
  throw failure('FederatedUserService', 514, 'user test1 not found', 'FederatedUserNotFoundException')
}
