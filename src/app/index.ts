/** What apps are made of: the product's own, and those of users. `ocs-mock` exports all of it. */
export { inPlace, type Place, SeedError, UserError } from '#lib/errors.ts'
export type { PhpArray, PhpValue } from '#lib/php.ts'
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
export type { Actor } from '#line/identify.ts'
export type { Upload } from '#line/multipart.ts'
export type { InferParams, Param, ParamShape } from '#line/params.ts'
export { p } from '#line/params.ts'
export { defineProfileData, type ProfileData } from '#profiles/profile-data.ts'
export * as groups from '#world/accounts/groups.ts'
export * as users from '#world/accounts/users.ts'
export { type BackgroundJob, defineBackgroundJob } from '#world/background-jobs.ts'
export { defineTable, type TableKey, type TableOptions } from '#world/define-table.ts'
export * as files from '#world/files/files.ts'
export * as activities from '#world/notices/activities.ts'
export * as notifications from '#world/notices/notifications.ts'
export { defineReactions, type ReactionMap, type ReactionOptions, type Reactions } from '#world/reactions.ts'
export { defineSeedMember } from '#world/seed.ts'
export * as apps from '#world/settings/apps.ts'
export * as config from '#world/settings/config.ts'
export { forgetRecipient, joinRecipient, leaveRecipient } from '#world/sharing/react.ts'
export { defineRecipients, type Recipients } from '#world/sharing/recipients.ts'
export type { SeedMember, World } from '#world/world.ts'
export { type ActivityFilter, defineActivityFilter } from './activity-filter.ts'
export {
  type ActivityContext,
  type ActivityProvider,
  type ActivityText,
  defineActivityProvider,
} from './activity-provider.ts'
export { APP_API_VERSION } from './api-version.ts'
export { type Capabilities, type CapabilityArguments, defineCapabilities } from './capabilities.ts'
export { type AppContributions, type AppInfo, defineApp, type OcsApp } from './define-app.ts'
export { defineEndpoint, defineRoute } from './define-endpoint.ts'
export {
  type AppImage,
  defineImageReplacement,
  fileIcon,
  type ImageContext,
  type ImageReplacement,
  imagePath,
} from './image-path.ts'
export { defineInitialState, type InitialState, type PageContext } from './initial-state.ts'
export { defineListener, type Listener, type ListenerContext } from './listener.ts'
export { defineNavigation, type Navigation, type NavigationContext, type NavigationEntry } from './navigation.ts'
export { defineNotifier, type Notifier, type NotifierContext, type Prepared } from './notifier.ts'
export {
  defineReferenceProvider,
  type Reference,
  type ReferenceContext,
  type ReferencePicker,
  type ReferenceProvider,
} from './reference-provider.ts'
export { type ActionContext, defineScenarioAction, type ScenarioAction } from './scenario-action.ts'
export {
  defineSearchProvider,
  paginated,
  type SearchContext,
  type SearchEntry,
  type SearchFilters,
  type SearchFilterValue,
  type SearchProvider,
  type SearchProviderDescription,
  type SearchQuery,
  type SearchResult,
} from './search-provider.ts'
export {
  defineSettingsForm,
  type SettingsField,
  type SettingsForm,
  type SettingsFormContext,
  type SettingsFormSchema,
  type SettingsForms,
} from './settings-form.ts'
export {
  defineShareType,
  type FoundSharee,
  type Sharee,
  type ShareeQuery,
  type ShareRefusal,
  type ShareType,
  type ShareTypeContext,
} from './share-type.ts'
export { by, defineStory, type Step as StoryStep, type Story } from './story.ts'
export {
  defineTeamProvider,
  type Team,
  type TeamContext,
  type TeamProvider,
  type TeamResource,
} from './team-provider.ts'
export { defineWidget, type ItemQuery, type Widget, type WidgetContext, type WidgetItem } from './widget.ts'
