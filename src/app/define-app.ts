import type { PhpArray } from '#lib/php.ts'
import type { AppDefinitions } from '#line/catalogue.ts'
import type { Endpoint, Route } from '#line/endpoint.ts'
import type { ProfileApp } from '#profiles/profile.ts'
import type { ReadsProfileData } from '#profiles/profile-data.ts'
import type { BackgroundJob } from '#world/background-jobs.ts'
import type { TableKey } from '#world/define-table.ts'
import type { Reactions } from '#world/reactions.ts'
import type { Recipients } from '#world/sharing/recipients.ts'
import type { SeedMember } from '#world/world.ts'
import { APP_API_VERSION } from './api-version.ts'
import { checkApp } from './checks/app.ts'
import type { Listener } from './listener.ts'
import type { ScenarioAction } from './scenario-action.ts'

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
  /** What files can be shared with, and who is behind it. */
  readonly recipients?: readonly Recipients[]
  /** Members of seeds. */
  readonly seed?: readonly SeedMember<never>[]
  /** What steps of scenarios can do. */
  readonly scenarioActions?: readonly ScenarioAction<never>[]
}

/** The `kind` of what a member of an app lists. */
type KindOf<M extends keyof AppContributions> =
  NonNullable<AppContributions[M]> extends readonly (infer Contribution)[]
    ? Contribution extends { readonly kind: infer Kind }
      ? Kind
      : never
    : never

/** The kind of what each member of an app lists, and the function that makes one. The compiler misses none. */
export const CONTRIBUTION_KINDS: {
  readonly [M in keyof Required<AppContributions>]: { readonly kind: KindOf<M>; readonly madeBy: string }
} = {
  endpoints: { kind: 'endpoint', madeBy: 'defineEndpoint' },
  routes: { kind: 'route', madeBy: 'defineRoute' },
  tables: { kind: 'table', madeBy: 'defineTable' },
  data: { kind: 'profile-data', madeBy: 'defineProfileData' },
  reactions: { kind: 'reactions', madeBy: 'defineReactions' },
  backgroundJobs: { kind: 'background-job', madeBy: 'defineBackgroundJob' },
  listeners: { kind: 'listener', madeBy: 'defineListener' },
  recipients: { kind: 'recipients', madeBy: 'defineRecipients' },
  seed: { kind: 'seed-member', madeBy: 'defineSeedMember' },
  scenarioActions: { kind: 'scenario-action', madeBy: 'defineScenarioAction' },
  capabilities: { kind: 'capabilities', madeBy: 'defineCapabilities' },
  notifiers: { kind: 'notifier', madeBy: 'defineNotifier' },
  activityProviders: { kind: 'activity-provider', madeBy: 'defineActivityProvider' },
  activityFilters: { kind: 'activity-filter', madeBy: 'defineActivityFilter' },
  widgets: { kind: 'widget', madeBy: 'defineWidget' },
  navigation: { kind: 'navigation', madeBy: 'defineNavigation' },
  searchProviders: { kind: 'search-provider', madeBy: 'defineSearchProvider' },
  referenceProviders: { kind: 'reference-provider', madeBy: 'defineReferenceProvider' },
  settingsForms: { kind: 'settings-form', madeBy: 'defineSettingsForm' },
  imageReplacements: { kind: 'image-replacement', madeBy: 'defineImageReplacement' },
  teamProviders: { kind: 'team-provider', madeBy: 'defineTeamProvider' },
  shareTypes: { kind: 'share-type', madeBy: 'defineShareType' },
  commands: { kind: 'command', madeBy: 'defineCommand' },
  commandSources: { kind: 'command-source', madeBy: 'defineCommandSource' },
  initialStates: { kind: 'initial-state', madeBy: 'defineInitialState' },
  stories: { kind: 'story', madeBy: 'defineStory' },
}

/** What Nextcloud knows of an app besides what it contributes. The apps of a release have it from their profile. */
export interface AppInfo {
  /** Shown as the app's name. Default: its id. */
  readonly name?: string
  /** Shown as the app's version. Default: `1.0.0`. */
  readonly version?: string
  /** One sentence for the list of apps. */
  readonly summary?: string
  /** It lies in the app store: it comes into the apps folder when somebody enables it, and is not there before. */
  readonly inStore?: true
}

const APP_INFO: Readonly<Record<keyof AppInfo, true>> = { name: true, version: true, summary: true, inStore: true }

/** An app: one folder of `handlers/`, or one of your own for `createOcsMock({ apps: [app] })`. */
export interface OcsApp extends AppDefinitions {
  readonly kind: 'app'
  readonly apiVersion: number
  readonly id: string
  /** As the list of apps shows it, unless the profile knows better. */
  readonly profileApp: ProfileApp
  /** What it tells about itself, unless the profile knows better. */
  readonly info: PhpArray
  /** Whether it is not in the apps folder until somebody enables it. */
  readonly inStore: boolean
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
  checkApp(id, definition, CONTRIBUTION_KINDS, Object.keys(APP_INFO))
  const { name = id, version = '1.0.0', summary = '', inStore = false, ...contributions } = definition
  const { endpoints = [], routes = [], data = [] } = contributions
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
    inStore,
    info: { id, name, version, ...(summary === '' ? {} : { summary }) },
    contributions,
  }
}
