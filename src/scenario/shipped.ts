import { UserError } from '#lib/errors.ts'
import { nearestName } from '#lib/nearest-name.ts'
import shipped from '../../scenarios/shipped.json' with { type: 'json' }
import type { Scenario } from './format.ts'

const SHIPPED = shipped as unknown as Readonly<Record<string, Scenario>>

/** The scenarios of `scenarios/`, by their names. */
export const shippedScenarios = (): Readonly<Record<string, Scenario>> => SHIPPED

/** @throws UserError that says what was probably meant */
export function findShipped(name: string): Scenario {
  if (Object.hasOwn(SHIPPED, name)) return SHIPPED[name]!
  const known = Object.keys(SHIPPED)
  const meant = nearestName(name, known)
  throw new UserError(
    `There is no scenario "${name}". ${meant === null ? `There are: ${known.join(', ')}.` : `Did you mean "${meant}"?`}`,
  )
}
