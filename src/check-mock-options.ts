import { checkMembers, checkOption } from '#lib/check-members.ts'
import { UserError } from '#lib/errors.ts'
import { compose } from './compose.ts'
import { MOCK_OPTIONS, type OcsMockOptions } from './mock-options.ts'

const WHAT = 'Failed to make a mock'

/**
 * Options are of their types, and there are no others: what somebody without a type checker wrote in another way would
 * mean nothing, without a word.
 * @throws UserError that says what to write
 */
export function checkMockOptions(options: OcsMockOptions): void {
  const inSeed = Object.keys(options ?? {}).find(isOfSeeds)
  if (inSeed !== undefined)
    throw new UserError(`${WHAT}: "${inSeed}" belongs into the seed. Write { seed: { ${inSeed}: … } }.`)
  checkMembers(WHAT, options, MOCK_OPTIONS)
  const { profile, signedInAs, apps } = options
  checkOption(WHAT, 'onUnknownRoute', options.onUnknownRoute, ['answer', 'warn', 'error'])
  checkOption(WHAT, 'notRecorded', options.notRecorded, ['model', 'fail'])
  if (profile !== undefined && typeof profile !== 'string' && typeof profile !== 'object')
    throw wrong('profile', profile, 'the name of one, such as "nextcloud-33"')
  if (signedInAs !== undefined && typeof signedInAs !== 'string')
    throw wrong('signedInAs', signedInAs, 'the id of an account')
  if (apps !== undefined && !Array.isArray(apps)) throw wrong('apps', apps, 'a list of what defineApp() returns')
}

const wrong = (option: string, value: unknown, wanted: string) =>
  new UserError(`${WHAT}: "${option}" is ${JSON.stringify(value)}. Write ${wanted}.`)

/** Looked up only where a name is none of the options. */
const isOfSeeds = (name: string): boolean =>
  !MOCK_OPTIONS.includes(name) && compose([]).catalogue.rules.seedMembers.some((member) => member.name === name)
