import type { PhpArray, PhpValue } from '#lib/php.ts'
import type { Product } from '#lib/releases.ts'
import type { Seed } from '#world/seed.ts'
import { type DataLoaders, LoadedData } from './profile-data.ts'

/** One app of a release. What there is to tell about it is in the data `app-info`. */
export interface ProfileApp {
  readonly id: string
  readonly version: string
  /** What the app is for, as far as the server cares: `filesystem`, `authentication` … */
  readonly types?: readonly string[]
  /** Enabled on a fresh installation. */
  readonly enabled: boolean
  /** Cannot be disabled. */
  readonly alwaysEnabled: boolean
}

/** One operation that the product publishes, whether we answer it or not. */
export interface KnownOperation {
  readonly id: string
  readonly app: string
  readonly method: string
  readonly path: string
}

/** Oddities in which products differ. Steps read them; no step asks which product it is. */
export interface Quirks {
  /** What controllers call their XML. */
  readonly controllerXmlType: string
  /** What the legacy exit calls its XML. */
  readonly legacyXmlType: string
  /** Whether requests without OCS-APIRequest or a request token are refused. */
  readonly needsOcsApiRequest: boolean
  /** How long a direct link works where nobody says. */
  readonly directLinkSeconds: number
  /** Apps whose routes are there only for those whom the app is enabled for; others are told that it is not. */
  readonly attributeRouted: readonly string[]
  /** What every answer carries for browsers, whichever script it comes from. */
  readonly securityHeaders: readonly (readonly [name: string, value: string])[]
  /** What a parameter of the wrong kind ends in: an empty 400, or an internal server error. */
  readonly wrongKind: 'bad-request' | 'server-error'
  /**
   * The legacy exit's meta: as controllers have it, or bare. The bare one counts nothing in v1, has the status of HTTP in
   * v2, and does not look at Accept.
   */
  readonly legacyMeta: 'as-controllers' | 'bare'
  /** Whether the bare legacy exit answers an unknown format under that name, or in XML. */
  readonly legacyFormats: 'any' | 'known'
  /** In which format wrong credentials are answered; or whoever has wrong ones is nobody, as who has none. */
  readonly loginFailures: 'as-asked' | 'xml' | 'as-nobody'
  /** What an unknown format is: XML, or an internal server error. */
  readonly unknownFormat: 'xml' | 'server-error'
  /** What is said of a route that there is none of. */
  readonly unknownRoute: { readonly code: number; readonly message: string }
  /** What those are told who did not log in. */
  readonly notLoggedIn: string
  /** Whether the meta of v2 always has `totalitems` and `itemsperpage`, or where there is something to say. */
  readonly countsInV2: 'always' | 'where-set'
  /** HTTP statuses of v2 for codes that have one of their own; all others follow the common rule. */
  readonly ownStatuses: Readonly<Record<number, number>>
  /** What every answer of a controller carries. */
  readonly controllerHeaders: readonly (readonly [name: string, value: string])[]
  /** Whether controllers say in `X-User-Id` who called. */
  readonly namesCaller: boolean
  /** Whether controllers and WebDAV servers say in `X-Request-Id` which request they answer. */
  readonly namesRequests: boolean
  /** What every answer of the legacy exit carries. */
  readonly legacyHeaders: readonly (readonly [name: string, value: string])[]
}

/** What an answer is printed from: the operation, its input, and its data. */
export interface Printing {
  readonly operation: string
  /** The app that the operation belongs to. */
  readonly app: string
  readonly input: Readonly<Record<string, unknown>>
  /** What its handler decided on. */
  readonly data: PhpValue
  readonly baseUrl: string
}

/** How a manual prints answers that the product gives in another form. State and failures are the product's own. */
export interface PrintedForm {
  /** The data as printed; `undefined` leaves the element out. */
  data(printing: Printing): PhpValue
  /** The members of the meta element as printed, and their order. */
  meta(printing: Printing, meta: PhpArray): PhpArray
}

/** A product and version as data. What every start needs is here; everything else is loaded when it is asked for. */
export interface ProfileDefinition {
  readonly id: string
  /** `nextcloud` */
  readonly product: string
  /** Whose definitions it answers with. Default: Nextcloud's. */
  readonly api?: Product
  readonly productName: string
  /**
   * The major version whose definitions it has: what came later is not there, and what went before is gone. Infinity:
   * whatever is defined last.
   */
  readonly release: number
  /** `34.0.1` */
  readonly versionString: string
  /** `34.0.1.2` */
  readonly version: readonly number[]
  readonly edition: string
  readonly quirks: Quirks
  /** In the order in which the real server lists them. */
  readonly apps: readonly ProfileApp[]
  /** Whether a server of that version was measured, or what is said of it was never checked. Default: measured. */
  readonly knownBy?: 'measurement' | 'unverified'
  /** It was measured on a server that had not all apps of the release: what is not here may have been there. */
  readonly hasPartOfApps?: boolean
  /** Laid over an empty world, this is a fresh installation. */
  readonly installation: Seed
  /**
   * When the server was looked at that `installation` shows, in seconds since 1970, minutes after it was installed. Its
   * moments are moved as far as a world begins later: a fresh installation is fresh on any day. Default: they stay.
   */
  readonly recordedAt?: number
  /** Which console it has, if any. */
  readonly console?: 'nextcloud' | 'owncloud-8.1'
  /** Only profiles made from manuals have it. */
  readonly printed?: PrintedForm
  /** The next newer one, where this profile is stated by what differs from it. */
  readonly newer?: ProfileDefinition
  /** Everything that handlers answer from, by the names of their keys (see `defineProfileData`). */
  readonly data: DataLoaders
}

/** The profile of a mock, with what was loaded of it. Forks share it. */
export interface Profile extends ProfileDefinition {
  readonly loaded: LoadedData
}

/** A profile of which nothing is loaded yet. */
export function openProfile(definition: ProfileDefinition): Profile {
  return { ...definition, loaded: new LoadedData(definition.id, definition.data) }
}
