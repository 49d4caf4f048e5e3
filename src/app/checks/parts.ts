import type { Releases } from '#lib/releases.ts'
import type { BackgroundJob } from '#world/background-jobs.ts'
import type { TableKey } from '#world/define-table.ts'
import type { Reactions } from '#world/reactions.ts'
import type { Recipients } from '#world/sharing/recipients.ts'
import { TYPE } from '#world/sharing/share.ts'
import type { SeedMember } from '#world/world.ts'
import type { ActivityFilter } from '../activity-filter.ts'
import type { ActivityProvider } from '../activity-provider.ts'
import type { Capabilities } from '../capabilities.ts'
import type { ImageReplacement } from '../image-path.ts'
import type { InitialState } from '../initial-state.ts'
import type { Listener } from '../listener.ts'
import type { Navigation } from '../navigation.ts'
import type { Notifier } from '../notifier.ts'
import type { ReferenceProvider } from '../reference-provider.ts'
import type { ScenarioAction } from '../scenario-action.ts'
import type { SearchProvider } from '../search-provider.ts'
import type { SettingsForms } from '../settings-form.ts'
import type { ShareType } from '../share-type.ts'
import type { Story } from '../story.ts'
import type { TeamProvider } from '../team-provider.ts'
import type { Widget } from '../widget.ts'
import { endpointProblem, routeProblem } from './endpoint.ts'
import { a, isRecord, type MemberCheck, type MemberChecks, membersProblem, optional, show } from './members.ts'

type Members = Readonly<Record<string, unknown>>

/** What is wrong with a contribution, in a sentence that begins with a verb; `null`: nothing. */
type Problem = (given: Members) => string | null

const hasMembers =
  <T>(checks: MemberChecks<T>): Problem =>
  (given) =>
    membersProblem(given, checks as Readonly<Record<string, MemberCheck>>)

const RELEASES: MemberChecks<Releases> = {
  since: optional(a.number),
  until: optional(a.number),
  products: optional(a.list),
}

const TABLE: MemberChecks<TableKey<unknown>> = {
  kind: a.only('table'),
  name: a.name,
  version: { expected: 'a whole number from 1', fits: (value) => Number.isInteger(value) && (value as number) > 0 },
  record: optional(a.anything),
  open: optional(a.list),
  sequence: optional(a.name),
  refersTo: optional(a.record),
  keyOf: optional(a.fn),
  migrate: optional(a.fn),
  check: optional(a.fn),
  _type: optional(a.anything),
}

const REACTIONS: MemberChecks<Reactions> = {
  kind: a.only('reactions'),
  on: a.record,
  phase: a.word({ state: true, tell: true, 'clean-up': true }),
  evenIfDisabled: a.bool,
}

function reactionsProblem(given: Members): string | null {
  const problem = hasMembers(REACTIONS)(given)
  if (problem !== null) return problem
  const odd = Object.entries(given.on as Members).find(([, react]) => typeof react !== 'function')
  return odd ? `have ${show(odd[1])} for "${odd[0]}", which is a function.` : null
}

const LISTENER: MemberChecks<Listener> = { kind: a.only('listener'), isNeeded: a.fn, hear: a.fn }

const BACKGROUND_JOB: MemberChecks<BackgroundJob> = { kind: a.only('background-job'), dueAt: a.fn, run: a.fn }

const SEED_MEMBER: MemberChecks<SeedMember> = {
  kind: a.only('seed-member'),
  name: a.name,
  schema: a.schema,
  after: a.list,
  read: a.fn,
}

const SCENARIO_ACTION: MemberChecks<ScenarioAction> = {
  kind: a.only('scenario-action'),
  name: a.name,
  description: a.name,
  schema: a.schema,
  check: optional(a.fn),
  run: a.fn,
}

const CAPABILITIES: MemberChecks<Capabilities> = {
  kind: a.only('capabilities'),
  data: optional(a.list),
  order: optional(a.number),
  members: optional(a.record),
  ...RELEASES,
  public: a.bool,
  onPages: optional(a.bool),
  build: a.fn,
}

const INITIAL_STATE: MemberChecks<InitialState> = {
  kind: a.only('initial-state'),
  data: optional(a.list),
  ...RELEASES,
  of: optional(a.name),
  pages: optional(a.list),
  public: optional(a.bool),
  provide: a.fn,
}

const NOTIFIER: MemberChecks<Notifier> = { kind: a.only('notifier'), data: optional(a.list), prepare: a.fn }
const ACTIVITY_PROVIDER: MemberChecks<ActivityProvider> = {
  kind: a.only('activity-provider'),
  data: optional(a.list),
  describe: a.fn,
}

const ACTIVITY_FILTER: MemberChecks<ActivityFilter> = {
  kind: a.only('activity-filter'),
  id: a.name,
  name: a.text,
  icon: a.text,
  priority: a.number,
  apps: optional(a.list),
  types: optional(a.list),
  matches: optional(a.fn),
}

const NAVIGATION: MemberChecks<Navigation> = { kind: a.only('navigation'), data: optional(a.list), entries: a.listOrFn }

const SEARCH_PROVIDER: MemberChecks<SearchProvider> = {
  kind: a.only('search-provider'),
  data: optional(a.list),
  id: a.name,
  name: optional(a.text),
  icon: optional(a.text),
  order: optional(a.numberOrNull),
  listedFrom: optional(a.name),
  listedWith: optional(a.name),
  orderFrom: optional(a.record),
  isExternalProvider: optional(a.bool),
  triggers: optional(a.list),
  filters: optional(a.record),
  refuses: optional(a.list),
  inAppSearch: optional(a.bool),
  search: a.fn,
}

const REFERENCE_PROVIDER: MemberChecks<ReferenceProvider> = {
  kind: a.only('reference-provider'),
  ...RELEASES,
  picker: optional(a.record),
  resolve: a.fn,
}

const SETTINGS_FORM: MemberChecks<SettingsForms> = { kind: a.only('settings-form'), forms: a.fn }
const IMAGE_REPLACEMENT: MemberChecks<ImageReplacement> = {
  kind: a.only('image-replacement'),
  data: optional(a.list),
  replace: a.fn,
}

const RECIPIENTS: MemberChecks<Recipients> = {
  kind: a.only('recipients'),
  type: a.either(TYPE.team, TYPE.room, TYPE.deck),
  members: a.fn,
  isMember: a.fn,
  ofAccount: a.fn,
  nameOf: a.fn,
}

const SHARE_TYPE: MemberChecks<ShareType> = {
  kind: a.only('share-type'),
  data: optional(a.list),
  type: a.either(...Object.values(TYPE)),
  name: a.name,
  isOffered: optional(a.fn),
  search: optional(a.fn),
  check: optional(a.fn),
  show: optional(a.fn),
}

const TEAM_PROVIDER: MemberChecks<TeamProvider> = {
  kind: a.only('team-provider'),
  data: optional(a.list),
  resourceProviders: a.list,
  teams: a.fn,
  resources: a.fn,
}

const WIDGET: MemberChecks<Widget> = {
  kind: a.only('widget'),
  data: optional(a.list),
  id: a.name,
  ...RELEASES,
  title: a.text,
  order: a.number,
  iconClass: a.text,
  icon: a.text,
  page: optional(a.text),
  roundIcons: optional(a.only(true)),
  reloadInterval: optional(a.number),
  button: optional(a.record),
  isOffered: optional(a.fn),
  items: optional(a.record),
}

const STORY: MemberChecks<Story> = {
  kind: a.only('story'),
  name: a.name,
  apps: a.list,
  ids: optional(a.record),
  steps: a.list,
}

function storyProblem(given: Members): string | null {
  const problem = hasMembers(STORY)(given)
  if (problem !== null) return problem
  const steps = given.steps as readonly unknown[]
  const odd = steps.findIndex((step) => !isRecord(step) || typeof step.method !== 'string')
  return odd < 0 ? null : `has ${show(steps[odd])} as steps[${odd}]. Write by('alice').get('/…').`
}

/** Checks by kind. What has none here checks itself when it is made. */
export const PROBLEMS: Readonly<Record<string, Problem>> = {
  endpoint: endpointProblem,
  route: routeProblem,
  table: hasMembers(TABLE),
  reactions: reactionsProblem,
  listener: hasMembers(LISTENER),
  'background-job': hasMembers(BACKGROUND_JOB),
  'seed-member': hasMembers(SEED_MEMBER),
  'scenario-action': hasMembers(SCENARIO_ACTION),
  capabilities: hasMembers(CAPABILITIES),
  'initial-state': hasMembers(INITIAL_STATE),
  notifier: hasMembers(NOTIFIER),
  'activity-provider': hasMembers(ACTIVITY_PROVIDER),
  'activity-filter': hasMembers(ACTIVITY_FILTER),
  widget: hasMembers(WIDGET),
  navigation: hasMembers(NAVIGATION),
  'search-provider': hasMembers(SEARCH_PROVIDER),
  'reference-provider': hasMembers(REFERENCE_PROVIDER),
  'settings-form': hasMembers(SETTINGS_FORM),
  'image-replacement': hasMembers(IMAGE_REPLACEMENT),
  recipients: hasMembers(RECIPIENTS),
  'share-type': hasMembers(SHARE_TYPE),
  'team-provider': hasMembers(TEAM_PROVIDER),
  story: storyProblem,
}
