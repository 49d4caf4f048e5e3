import { APP_API_VERSION } from '#app/api-version.ts'
import { type AppNames, checkTogether, namesOf } from '#app/checks/together.ts'
import type { OcsApp } from '#app/define-app.ts'
import type { Listener } from '#app/listener.ts'
import type { AppState, Manifest } from '#app/manifest.ts'
import { operationsOf } from '#app/operations.ts'
import type { ScenarioAction } from '#app/scenario-action.ts'
import type { AddedApp } from '#app/with-apps.ts'
import type { Console } from '#console/console.ts'
import { manifest } from '#handlers/index.ts'
import { UserError } from '#lib/errors.ts'
import { PRODUCTS, type Releases } from '#lib/releases.ts'
import { type AppSource, Catalogue, type Gather } from '#line/catalogue.ts'
import type { ContributionKind, ContributionSource } from '#line/contributions.ts'
import type { Profile } from '#profiles/profile.ts'
import { RESERVED_NAMES } from '#scenario/format.ts'
import { whileActive } from '#world/background-jobs.ts'
import type { TableKey } from '#world/define-table.ts'
import type { Tables } from '#world/dump.ts'
import { combineReactions } from '#world/reactions.ts'
import { inReadingOrder } from '#world/seed.ts'
import { isEnabled } from '#world/settings/apps.ts'
import type { WorldRules } from '#world/world.ts'

/** All that is made of a set of apps: those that ship, and one's own. */
export interface Composition {
  readonly catalogue: Catalogue
  /** Those that belong to no release, as the list of apps shows them. */
  readonly addedApps: readonly AddedApp[]
  /** What steps of scenarios can do. */
  readonly actions: readonly ScenarioAction[]
  readonly listeners: readonly Listener[]
  /** All kinds of records by name, with what they look like. */
  wholeTables(): Promise<Tables>
}

/**
 * Put the apps that ship and one's own together.
 * @throws UserError for two apps that do not fit together, or one that is made for another version
 */
export function compose(own: readonly OcsApp[] = []): Composition {
  const shipped = shippedBeside(own)
  for (const app of own) checkApp(app, own, shipped)
  if (own.length > 0) checkTogether([...namesIn(shipped), ...own.map(namesOf)], RESERVED_NAMES)
  const state = [...shipped.state, ...own.map(stateOf)]
  const ownTables = own.flatMap(({ contributions }) => contributions.tables ?? [])
  const rules: WorldRules = {
    react: combineReactions(
      state.flatMap(({ app, reactions = [] }) => reactions.map((one) => ({ app, reactions: one }))),
      isEnabled,
    ),
    tables: byName([...manifest.tables, ...ownTables]),
    backgroundJobs: state.flatMap(({ app, backgroundJobs = [] }) =>
      backgroundJobs.map((job) => whileActive(job, (world) => isEnabled(world, app))),
    ),
    recipients: new Map(state.flatMap(({ recipients = [] }) => recipients).map((one) => [one.type, one])),
    store: [...shipped.added, ...own].filter(({ inStore }) => inStore).map(({ profileApp }) => profileApp),
    seedMembers: inReadingOrder(state.flatMap(({ seed = [] }) => seed)),
    release: Number.POSITIVE_INFINITY,
  }
  return {
    addedApps: [...shipped.added, ...own],
    catalogue: new Catalogue([...shipped.apps, ...own.map(sourceOf)], gatherFrom(own, shipped), rules),
    actions: state.flatMap(({ scenarioActions = [] }) => scenarioActions),
    listeners: state.flatMap(({ listeners = [] }) => listeners),
    wholeTables: async () => byName([...(await manifest.wholeTables()), ...ownTables]),
  }
}

/** What ships and has an app for itself. */
type Shipped = Pick<Manifest, 'apps' | 'added' | 'state'>

/** What ships, without the apps of the store that one brings oneself: they are only there for who has no other. */
function shippedBeside(own: readonly OcsApp[]): Shipped {
  const isReplaced = (id: string) =>
    own.some((app) => app?.id === id) && manifest.added.some((app) => app.inStore && app.profileApp.id === id)
  return {
    apps: manifest.apps.filter(({ id }) => !isReplaced(id)),
    added: manifest.added.filter(({ profileApp }) => !isReplaced(profileApp.id)),
    state: manifest.state.filter(({ app }) => !isReplaced(app)),
  }
}

const byName = (tables: readonly TableKey<unknown>[]): Tables => new Map(tables.map((table) => [table.name, table]))

function checkApp(app: OcsApp, own: readonly OcsApp[], shipped: Shipped): void {
  if (app?.kind !== 'app') {
    throw new UserError('Failed to add an app: apps are made by defineApp(). Pass what it returns.')
  }
  if (app.apiVersion !== APP_API_VERSION) {
    throw new UserError(
      `Failed to add the app "${app.id}": it is made for version ${app.apiVersion} of the definitions, and this is version ${APP_API_VERSION}. Define it with the ocs-mock that runs it.`,
    )
  }
  if (shipped.apps.some(({ id }) => id === app.id) || own.filter(({ id }) => id === app.id).length > 1) {
    throw new UserError(`Failed to add the app "${app.id}": there is one of that id. Choose another.`)
  }
}

const NO_NAMES = { operations: [], tables: [], seed: [], scenarioActions: [], recipients: [] }

/** What the apps that ship have for themselves. Of their tables nobody knows whose they are. */
function namesIn(shipped: Shipped): AppNames[] {
  const apps = shipped.apps.map(({ id, parts }): AppNames => {
    const operations = parts.flatMap((part) => part.operations)
    const { seed = [], scenarioActions = [], recipients = [] } = shipped.state.find(({ app }) => app === id) ?? {}
    return { id, operations, tables: [], seed, scenarioActions, recipients }
  })
  return [...apps, { ...NO_NAMES, id: 'ocs-mock', tables: manifest.tables }]
}

const stateOf = ({ id, contributions }: OcsApp): AppState => ({ app: id, ...contributions }) as AppState

/** What somebody adds is there whichever product is faked, unless it says otherwise. */
const ofAllProducts = <T extends Releases>(given: T): T => ({ products: PRODUCTS, ...given })

const sourceOf = (app: OcsApp): AppSource => ({
  id: app.id,
  parts: [{ operations: operationsOf(app).map(ofAllProducts), load: async () => [...app.endpoints, ...app.routes] }],
  data: (app.data ?? []).map(({ name }) => name),
  loadData: async () => app.data ?? [],
})

function gatherFrom(own: readonly OcsApp[], { apps }: Shipped): Gather {
  const isReplaced = ({ app }: { readonly app: string }) =>
    own.some(({ id }) => id === app) && !apps.some(({ id }) => id === app)
  return async <K extends ContributionKind>(kind: K) => {
    const shipped = ((await manifest.gatherers[kind]?.()) ?? []).filter((one) => !isReplaced(one))
    const members = own.flatMap(({ id, contributions }) =>
      ((contributions as Readonly<Record<string, readonly unknown[] | undefined>>)[kind] ?? []).map((contribution) => ({
        app: id,
        contribution,
      })),
    )
    return [...shipped, ...members] as never
  }
}

const CONSOLES: Readonly<
  Record<NonNullable<Profile['console']>, (profile: Profile, apps: ContributionSource) => Promise<Console>>
> = {
  nextcloud: async (profile, apps) => (await import('#occ/nextcloud.ts')).nextcloudConsole(profile, apps),
  'owncloud-8.1': async () => (await import('#occ/owncloud-8.1/console.ts')).owncloud81Console,
}

/** How the console of a profile is loaded; `null`: it has none. */
export function consoleOf(profile: Profile, apps: ContributionSource): (() => Promise<Console>) | null {
  const { console } = profile
  return console === undefined ? null : () => CONSOLES[console](profile, apps)
}
