import { didYouMean } from '#lib/did-you-mean.ts'
import { UserError } from '#lib/errors.ts'
import type { Operation } from '#line/operation.ts'
import type { TableKey } from '#world/define-table.ts'
import type { Recipients } from '#world/sharing/recipients.ts'
import type { SeedMember } from '#world/world.ts'
import type { OcsApp } from '../define-app.ts'
import { operationsOf } from '../operations.ts'

/** What of an app has to be its own among all apps. */
export interface AppNames {
  readonly id: string
  readonly operations: readonly Operation[]
  readonly tables: readonly Pick<TableKey<unknown>, 'name'>[]
  readonly seed: readonly Pick<SeedMember, 'name' | 'after'>[]
  readonly scenarioActions: readonly { readonly name: string }[]
  readonly recipients: readonly Pick<Recipients, 'type'>[]
}

export function namesOf(app: OcsApp): AppNames {
  const { tables = [], seed = [], scenarioActions = [], recipients = [] } = app.contributions
  return { id: app.id, operations: operationsOf(app), tables, seed, scenarioActions, recipients }
}

/** Who has a name already. */
type Owners = Map<string, string>

/**
 * Check that apps fit together: no two have the same operation, table, seed member, action of scenarios or
 * type of recipients.
 * @param apps in the order in which they come: the later one is wrong
 * @param reserved names that no action of scenarios can have
 * @throws UserError that names the app, what is its mistake, and what to write
 */
export function checkTogether(apps: readonly AppNames[], reserved: readonly string[]): void {
  const operations: Owners = new Map()
  const tables: Owners = new Map()
  const members: Owners = new Map()
  const recipients: Owners = new Map()
  const actions: Owners = new Map(reserved.map((name) => [name, 'a step itself']))
  const all = apps.flatMap(({ seed }) => seed.map(({ name }) => name))
  for (const app of apps) {
    const take = (owners: Owners, name: string, what: string) => {
      const owner = owners.get(name)
      if (owner !== undefined) throw failed(app.id, `its ${what} is one of ${owner} already. Choose another.`)
      owners.set(name, app.id)
    }
    for (const operation of app.operations) {
      take(operations, operation.id, `operation "${operation.id}"`)
      for (const call of callsOf(operation)) take(operations, call, `operation "${operation.id}" (${call})`)
    }
    for (const { name } of app.tables) take(tables, name, `table "${name}"`)
    for (const { type } of app.recipients) take(recipients, String(type), `type of recipients ${type}`)
    for (const { name } of app.scenarioActions) take(actions, name, `scenario action "${name}"`)
    for (const { name, after } of app.seed) {
      take(members, name, `seed member "${name}"`)
      const unknown = after.find((other) => other !== '*' && !all.includes(other))
      if (unknown === undefined) continue
      throw failed(
        app.id,
        `its seed member "${name}" comes after "${unknown}", which is none. ${didYouMean(unknown, all)}`,
      )
    }
  }
}

const failed = (app: string, problem: string) => new UserError(`Failed to add the app "${app}": ${problem}`)

/** What an operation answers, whatever its parameters are called. Endpoints come before routes, so these do not meet. */
const callsOf = ({ kind, methods, path, products = ['nextcloud'] }: Operation): string[] =>
  products.flatMap((product) => {
    const of = product === 'nextcloud' ? '' : ` of ${product}`
    return methods.map(
      (method) => `${method} ${path.replace(/\{\w+/g, '{')}${kind === 'route' ? ' as a route' : ''}${of}`,
    )
  })
