import type { PhpArray, PhpValue } from '#lib/php.ts'
import type { Seed } from '#world/seed.ts'
import type { Lexicon } from '#world/settings/config-lexicon.ts'

/** One app of a release. */
export interface ProfileApp {
  readonly id: string
  readonly version: string
  /** What the app is for, as far as the server cares: `filesystem`, `authentication` … */
  readonly types?: readonly string[]
  /** Enabled on a fresh installation. */
  readonly enabled: boolean
  /** Cannot be disabled. */
  readonly alwaysEnabled: boolean
  /** What `GET /cloud/apps/{app}` answers. */
  readonly info: PhpArray
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
}

/** What an answer is printed from: the operation, its input, and its data. */
export interface Printing {
  readonly operation: string
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

/** A product and version as data. */
export interface Profile {
  readonly id: string
  /** `nextcloud` */
  readonly product: string
  readonly productName: string
  /** `34.0.1` */
  readonly versionString: string
  /** `34.0.1.2` */
  readonly version: readonly number[]
  readonly edition: string
  readonly quirks: Quirks
  /** In the order in which the real server lists them. */
  readonly apps: readonly ProfileApp[]
  readonly operations: readonly KnownOperation[]
  /** Types and defaults of settings, as the apps declare them. */
  readonly configLexicon: Lexicon
  /** Laid over an empty world, this is a fresh installation. */
  readonly installation: Seed
  /** Which console it has, if any. */
  readonly console?: 'nextcloud' | 'owncloud-8.1'
  /** Only profiles made from manuals have it. */
  readonly printed?: PrintedForm
  /** Anything else that handlers answer from, by name: capabilities, navigation, texts. */
  readonly data: Readonly<Record<string, unknown>>
}
