/** What apps are made of: the product's own, and those of users. `ocs-mock` exports all of it. */
export type { Infer, Schema } from '#lib/schema.ts'
export { s } from '#lib/schema.ts'
export type { Contributed, ContributionKind, ContributionSource, Contributions, Gathered } from '#line/contributions.ts'
export type {
  Access,
  Encoded,
  Endpoint,
  EndpointDefinition,
  Failures,
  HandlerArguments,
  Method,
  RequestInfo,
  Result,
  Route,
  RouteArguments,
} from '#line/endpoint.ts'
export type { InferParams, Param, ParamShape } from '#line/params.ts'
export { p } from '#line/params.ts'
export { defineProfileData, type ProfileData } from '#profiles/profile-data.ts'
export { defineTable, type TableKey, type TableOptions } from '#world/define-table.ts'
export { defineReactions, type ReactionMap, type ReactionOptions, type Reactions } from '#world/reactions.ts'
export { defineSeedMember } from '#world/seed.ts'
export {
  type ActivityContext,
  type ActivityProvider,
  type ActivityText,
  defineActivityProvider,
} from './activity-provider.ts'
export { type Capabilities, type CapabilityArguments, defineCapabilities } from './capabilities.ts'
export { APP_API_VERSION, type AppContributions, type AppInfo, defineApp, type OcsApp } from './define-app.ts'
export { defineEndpoint, defineRoute } from './define-endpoint.ts'
export { defineListener, type Listener, type ListenerContext } from './listener.ts'
export { defineNotifier, type Notifier, type NotifierContext, type Prepared } from './notifier.ts'
export { type ActionContext, defineScenarioAction, type ScenarioAction } from './scenario-action.ts'
export { by, defineStory, type Step as StoryStep, type Story } from './story.ts'
export { defineWidget, type ItemQuery, type Widget, type WidgetContext, type WidgetItem } from './widget.ts'
