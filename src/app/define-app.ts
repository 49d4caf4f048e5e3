import { UserError } from '#lib/errors.ts'
import type { PhpArray } from '#lib/php.ts'
import type { AppDefinitions } from '#line/catalogue.ts'
import type { Endpoint, Route } from '#line/endpoint.ts'
import type { ProfileApp } from '#profiles/profile.ts'
import type { ReadsProfileData } from '#profiles/profile-data.ts'
import type { BackgroundJob } from '#world/background-jobs.ts'
import type { TableKey } from '#world/define-table.ts'
import type { Reactions } from '#world/reactions.ts'
import type { SeedMember } from '#world/world.ts'
import type { Listener } from './listener.ts'
import type { ScenarioAction } from './scenario-action.ts'

/** The version of the form of definitions. One that is made for another version is refused with a sentence. */
export const APP_API_VERSION = 1

/**
 * What an app can add, kind by kind. Each contribution is made by its own `define…`. Kinds that another app gathers
 * (capabilities, widgets, commands …) add themselves to this interface where they are defined.
 */
export interface AppContributions extends ReadsProfileData {
  /** Operations of OCS, and those below `index.php` that are controllers. */
  readonly endpoints?: readonly Endpoint[]
  /** Anything else below the root of the server. */
  readonly routes?: readonly Route[]
  /** The kinds of records that it keeps in the world. */
  readonly tables?: readonly TableKey<unknown>[]
  /** How its state follows what happens to other state. */
  readonly reactions?: readonly Reactions[]
  /** What happens to its state when a moment has come. */
  readonly backgroundJobs?: readonly BackgroundJob[]
  /** What happens outside of the world when something happens in it. */
  readonly listeners?: readonly Listener[]
  /** Members of seeds. */
  readonly seed?: readonly SeedMember<never>[]
  /** What steps of scenarios can do. */
  readonly scenarioActions?: readonly ScenarioAction<never>[]
}

/** What Nextcloud knows of an app besides what it contributes. The apps of a release have it from their profile. */
export interface AppInfo {
  /** Shown as the app's name. Default: its id. */
  readonly name?: string
  /** Shown as the app's version. Default: `1.0.0`. */
  readonly version?: string
  /** One sentence for the list of apps. */
  readonly summary?: string
}

/** An app: one folder of `handlers/`, or one of your own for `createOcsMock({ apps: [app] })`. */
export interface OcsApp extends AppDefinitions {
  readonly kind: 'app'
  readonly apiVersion: number
  readonly id: string
  /** As the list of apps shows it, unless the profile knows better. */
  readonly profileApp: ProfileApp
  /** What it tells about itself, unless the profile knows better. */
  readonly info: PhpArray
  readonly contributions: AppContributions
}

/**
 * Define an app by what it adds to the product. An app of a release and one of your own are made alike.
 *
 * @example
 * export const app = defineApp('bookmarks', {
 *   name: 'Bookmarks',
 *   endpoints: [listBookmarks, addBookmark],
 *   tables: [bookmarks],
 *   capabilities: [capabilities],
 * })
 * @throws UserError that names the app, the member and what to write.
 */
export function defineApp(id: string, definition: AppContributions & AppInfo): OcsApp {
  if (!/^[a-z][a-z0-9_]*$/.test(id)) {
    throw new UserError(`Failed to define the app "${id}": an app id has lower-case letters, digits and underscores.`)
  }
  const { name = id, version = '1.0.0', summary = '', ...contributions } = definition
  const { endpoints = [], routes = [], data = [] } = contributions
  for (const { id: operation, app } of [...endpoints, ...routes]) {
    if (app !== id) {
      throw new UserError(
        `Failed to define the app "${id}": ${operation} says that it belongs to "${app}". Write app: '${id}'.`,
      )
    }
  }
  return {
    kind: 'app',
    apiVersion: APP_API_VERSION,
    id,
    endpoints,
    routes,
    data,
    profileApp: {
      id,
      version,
      enabled: true,
      alwaysEnabled: false,
    },
    info: { id, name, version, ...(summary === '' ? {} : { summary }) },
    contributions,
  }
}
