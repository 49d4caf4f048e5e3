import type { PhpValue } from '#lib/php.ts'
import type { Schema } from '#lib/schema.ts'
import type { Failures } from '#line/endpoint.ts'
import type { InferParams, ParamShape } from '#line/params.ts'
import type { World } from '#world/world.ts'
import type { DataResponse } from './php-responses.ts'

/** One route as an app's `appinfo/routes.php` has it. */
export interface AppRoute {
  /** Controller and method: `Bar#getFoo`, or `bar#get_foo`, is `controllers.Bar.getFoo`. */
  readonly name: string
  /** Below `/apps/<app>`, with `{parameters}`: `/foobar/{id}`. */
  readonly url: string
  /** Default: `GET`. */
  readonly verb?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Regular expressions that parameters of the URL must fit. */
  readonly requirements?: Readonly<Record<string, string>>
  /** What parameters are where the URL does not say. Those at its end may then be left out. */
  readonly defaults?: Readonly<Record<string, string | number | boolean>>
  /** Of OCS routes: what stands in the place of `/apps/<app>`. Empty: nothing. */
  readonly root?: string
  /** Tells routes of the same name apart. */
  readonly postfix?: string
}

/** What a method may know besides its parameters. */
export interface MethodContext {
  /** The caller, or `null` on a public page. */
  readonly userId: string | null
  readonly world: World
  /** A header of the request, or the empty string. */
  header(name: string): string
}

/** The parameters of a method by name: of their declared types, or as they were sent. */
export type MethodParameters<P> = [P] extends [ParamShape]
  ? Readonly<InferParams<P>>
  : Readonly<Record<string, PhpValue>>

/** The body of a controller's method. Parameters come by name; the answer is a DataResponse or its data. */
export type MethodBody<P = unknown> = (
  parameters: MethodParameters<P>,
  context: MethodContext,
) => DataResponse | PhpValue | Promise<DataResponse | PhpValue>

/** A method with what PHP says in its signature, attributes and documentation. */
export interface ControllerMethod<P = unknown> {
  /** Types and defaults of its parameters, cast as Nextcloud's dispatcher does. Without them, all come as they were sent. */
  readonly parameters?: P & ParamShape
  /** `#[NoAdminRequired]`: any account may call it. */
  readonly noAdminRequired?: boolean
  /** `#[PublicPage]`: nobody has to log in. */
  readonly publicPage?: boolean
  /** `#[SubAdminRequired]` */
  readonly subAdminRequired?: boolean
  /** `#[NoCSRFRequired]` */
  readonly noCSRFRequired?: boolean
  /** `#[PasswordConfirmationRequired]`, `strict` for its strict form. */
  readonly passwordConfirmationRequired?: boolean | 'strict'
  /** One sentence for the published document. */
  readonly summary?: string
  /** The data that it answers, by which `verify` judges real servers. Default: anything. */
  readonly output?: Schema
  /** The data of other statuses than 200. */
  readonly responses?: Readonly<Record<number, Schema>>
  /** The codes of the OCSExceptions that it throws, each with its message. */
  readonly failures?: Failures
  /** Values that let the verifier ask a real server. */
  readonly probe?: Readonly<Record<string, string>>
  readonly run: MethodBody<P>
}
