import type { JsonObject } from '#lib/json.ts'
import type { PhpValue } from '#lib/php.ts'
import type { ByRelease, Releases } from '#lib/releases.ts'
import type { Schema } from '#lib/schema.ts'
import type { Profile } from '#profiles/profile.ts'
import type { ReadsProfileData } from '#profiles/profile-data.ts'
import type { World } from '#world/world.ts'
import type { Answer, Call } from './call.ts'
import type { ContributionSource } from './contributions.ts'
import type { Actor } from './identify.ts'
import type { Upload } from './multipart.ts'
import type { CallerTraits } from './operation.ts'
import type { InferParams, ParamShape } from './params.ts'

/**
 * Who may call an operation. `delegated` is an administrator or someone with a delegated setting;
 * `at-least-subadmin` is `subadmin` as the provisioning API asks it: in other words and after all other checks.
 * `exapp` and `app-api` are ExApps, on operations of the server and on those of AppAPI, which refuse in other words.
 */
export type Access =
  | 'public'
  | 'user'
  | 'subadmin'
  | 'at-least-subadmin'
  | 'admin'
  | 'delegated'
  | 'subadmin-or-delegated'
  | 'exapp'
  | 'app-api'
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS'

/** Failure codes of one operation with the message(s) that go with them; `null`: a release that has no such failure. */
export type Failures = { readonly [code: number]: string | readonly string[] | ByRelease<string | null> }

/** What a handler decides; the envelope step gives it its v1 or v2 form. */
export interface Result {
  /** A status in the handler's one language: HTTP statuses, or OCS codes below 200 and from 996. */
  readonly status: number
  readonly data: PhpValue
  readonly message?: string | undefined
  readonly headers?: Readonly<Record<string, string>> | undefined
  /**
   * Names this state of the data, without quotes: whoever has it already gets 304. `true` makes the name of the data
   * itself.
   */
  readonly etag?: string | true | undefined
  readonly cookies?: readonly string[] | undefined
  readonly totalItems?: number | undefined
  readonly itemsPerPage?: number | undefined
  /** Keeps documents with data that is answered again and again: the same object as long as the data is. */
  readonly encoded?: Encoded | undefined
}

/** Whole documents with the same data, by their encoded meta. An empty map, filled in when first asked for. */
export type Encoded = Map<string, string>

/** The parts of a request that a handler may know besides its input. */
export interface RequestInfo {
  /** Scheme, host and web root, as the real server would build links with: no trailing slash. */
  readonly baseUrl: string
  readonly host: string
  /** Where the call itself went, without its query: for links to the next page. */
  readonly address: string
  header(name: string): string
  readonly remoteAddress: string
}

type PathNames<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? (Name extends `${infer Bare}:${string}` ? Bare : Name) | PathNames<Rest>
  : never

export type PathParams<Path extends string> = { [Name in PathNames<Path>]: string }

export interface HandlerArguments<Path extends string, In extends ParamShape, F extends Failures> {
  readonly input: Omit<PathParams<Path>, keyof In> & InferParams<In>
  readonly actor: Actor
  /** The caller's user id. Only for operations that need a login; elsewhere look at `actor.userId`. */
  readonly me: string
  readonly world: World
  readonly profile: Profile
  readonly request: RequestInfo
  /** Sends requests to the outside: ExApps. */
  readonly outgoing: typeof fetch
  /** All that the fake answers, for operations that gather what apps contribute. */
  readonly catalogue: ContributionSource
  /** The parameters as they came, before coercion, for operations that read arbitrary ones. */
  readonly raw: JsonObject
  /** Files of a multipart form by the name of their field. */
  readonly uploads: Readonly<Record<string, Upload>>
  ok(data?: PhpValue, extra?: Omit<Result, 'status' | 'data'>): Result
  /** An answer with data and another status than 200 (Nextcloud's DataResponse). */
  respond(status: number, data?: PhpValue, extra?: Omit<Result, 'status' | 'data'>): Result
  /** A declared failure (Nextcloud's OCSException). Without a message, the declared one. */
  fail(code: keyof F & number, message?: string): never
  /** An exception that nothing catches on the real server: 996 by the legacy exit. */
  crash(): never
  /** Any other answer, outside the envelope. */
  abort(answer: Answer): never
}

/** What of an operation was otherwise in some releases. */
export interface ChangeOfOperation extends Releases {
  readonly to: Partial<
    Pick<Endpoint, 'access' | 'csrf' | 'anonymous' | 'denial' | 'passwordConfirmation' | 'responses' | 'notInXml'>
  >
}

export interface EndpointDefinition<Path extends string, In extends ParamShape, F extends Failures>
  extends ReadsProfileData,
    CallerTraits,
    Releases {
  /** The app and upstream's operationId: `provisioning_api-groups-add-group`. */
  readonly id: string
  /** The app that must be enabled for the route to exist; `core` always is. */
  readonly app: string
  readonly method: Method
  /**
   * Below `/ocs/v1.php` and `/ocs/v2.php`: `/apps/bookmarks/bookmarks/{id}`, `/cloud/groups`; `{name:regexp}` narrows
   * or widens a segment. Or the whole path of a controller: `/index.php/apps/bookmarks/export`, see `envelope`.
   */
  readonly path: Path
  readonly access: Access
  /** What those are told who may not, where an app has words of its own for it. */
  readonly denial?: string
  /** One sentence for the published document. */
  readonly summary: string
  /** ExApps that speak for nobody may call it as an administrator may. */
  readonly exAppsForNobody?: true
  /** `false`: neither OCS-APIRequest nor a request token is needed. */
  readonly csrf?: false
  /**
   * `empty-page`: the controller is made with the caller's id, so that without a login it cannot be made, and
   * what comes is 200 without a body instead of 997 (Nextcloud 34.0.1, corpus).
   */
  readonly anonymous?: 'empty-page'
  /**
   * `false`: the controller is none of OCS's, and answers JSON without an envelope, whatever is asked for; a failure
   * answers its message, and its code is the HTTP status. `v1`: always the envelope and the statuses of v1, as group
   * folders has it. Endpoints below `/index.php` have one of these.
   */
  readonly envelope?: false | 'v1'
  /**
   * What the answer is made of on ownCloud, where success has no message: `result`, a result of OCS that a controller
   * returns, or `legacy`, one that leaves by the legacy exit (ownCloud 10.2.1, corpus).
   */
  readonly exit?: 'result' | 'legacy'
  /** What it answers cannot be written in XML: an empty page is what comes (Nextcloud 27.1.10, asked). */
  readonly notInXml?: true
  /** Needs a recent (`true`) or a repeated (`strict`) password. */
  readonly passwordConfirmation?: true | 'strict'
  readonly input?: In
  readonly output: Schema
  /** Answers of `respond()` by status, where their data differs from `output`. */
  readonly responses?: Readonly<Record<number, Schema>>
  readonly failures?: F
  /** Values that let the verifier ask a real server: path parameters and input. `$me` is the caller. */
  readonly probe?: Readonly<Record<string, string>>
  /** A GET that changes state or reaches out to the internet: the verifier leaves it alone unless it may write. */
  readonly writes?: true
  /** What of it was otherwise in some releases. Input, output and failures say so themselves. */
  readonly changes?: readonly ChangeOfOperation[]
  /** Parts of the real operation that are not imitated, for the coverage table. */
  readonly notImplemented?: readonly string[]
  /** Answers where a handler of a disabled app is asked, and other oddities are properties, never an `if`. */
  handle(args: HandlerArguments<Path, In, F>): Result | Promise<Result>
}

/** An endpoint as the line and its readers see it, whatever its input and failures. */
export interface Endpoint extends Omit<EndpointDefinition<string, ParamShape, Failures>, 'handle'> {
  readonly kind: 'endpoint'
  handle(args: HandlerArguments<string, ParamShape, Failures>): Result | Promise<Result>
}

export interface RouteArguments {
  readonly call: Call
  /** What apps contribute. */
  readonly catalogue: ContributionSource
  readonly params: Readonly<Record<string, string>>
  readonly actor: Actor
  readonly world: World
  readonly profile: Profile
  readonly request: RequestInfo
  /** Sends requests to the outside: ExApps. */
  readonly outgoing: typeof fetch
  /** All parameters of query and body, merged as PHP does. */
  parameters(): Promise<JsonObject>
}

/** A route outside OCS: `status.php`, the web login, WebDAV. It answers as it likes. */
export interface Route extends ReadsProfileData, CallerTraits, Releases {
  readonly kind: 'route'
  readonly id: string
  readonly app: string
  /** `*` takes every method. */
  readonly methods: readonly string[]
  /** The whole path: `/status.php`, `/remote.php/dav/{path:.*}`. */
  readonly path: string
  /** What the route does with credentials: ignores them, or finds out who calls (wrong ones leave `actor.loginFailed`). */
  readonly identify: boolean
  /** Addresses of a page that lets the credentials of a disabled account pass as nobody's; by its parameters. */
  openToDisabled?(params: Readonly<Record<string, string>>): boolean
  readonly summary: string
  handle(args: RouteArguments): Answer | Promise<Answer>
}
