import { durationSchema } from '#faults/duration.ts'
import { faultSchema, replacementShape } from '#faults/fault.ts'
import { awaitedRequestSchema, expectationSchema } from '#faults/request-schema.ts'
import { type Infer, type Schema, s } from '#lib/schema.ts'
import { seedMember, seedSchema } from '#world/seed-schema.ts'

const oneOrMore = <S extends Schema>(schema: S) => s.union(schema, s.list(schema))
const text = () => s.string()
const count = (least: number) =>
  s.form<number>(`a whole number from ${least}`, (v) => Number.isInteger(v) && (v as number) >= least, {
    type: 'integer',
    minimum: least,
  })
const moment = () =>
  s.form<string | number>(
    'a moment such as "2026-03-01T12:00:00Z", or milliseconds since 1970',
    (v) => typeof v === 'number' || (typeof v === 'string' && Number.isFinite(Date.parse(v))),
    { type: ['string', 'number'] },
  )

/** What a step can do, each with the sentence that editors show. */
const ACTIONS = {
  occ: s.described(
    'run an occ command; it has to end with 0, or with exitCode',
    s.union(
      text(),
      s.object({
        args: s.union(text(), s.list(text())),
        env: s.optional(s.record(text())),
        stdin: s.optional(text()),
        exitCode: s.optional(count(0)),
      }),
    ),
  ),
  enableApp: s.described('enable an app, or several', oneOrMore(text())),
  disableApp: s.described('disable an app, or several', oneOrMore(text())),
  expireDirectLink: s.described(
    'end direct links: all, or those of an account, to a path, or with a token',
    s.union(
      s.literal(true),
      s.object({ account: s.optional(text()), path: s.optional(text()), token: s.optional(text()) }),
    ),
  ),
  expireShare: s.described(
    'let the day of a share be over, found by its token, its owner, its path, its recipient',
    s.object({
      token: s.optional(text()),
      owner: s.optional(text()),
      path: s.optional(text()),
      with: s.optional(text()),
    }),
  ),
  disableAccount: s.described('disable an account, or several', oneOrMore(text())),
  enableAccount: s.described('enable an account, or several', oneOrMore(text())),
  revokeAppPassword: s.described(
    'revoke the app passwords of an account, or the one of this name or with this token',
    s.object({ account: text(), name: s.optional(text()), token: s.optional(text()) }),
  ),
  createAppPassword: s.described(
    'make an app password for an account',
    s.object({ account: text(), name: s.optional(text()), token: s.optional(text()) }),
  ),
  exhaustQuota: s.described(
    'leave an account this many bytes of its quota; default: 0',
    s.union(text(), s.object({ account: text(), free: s.optional(count(0)) })),
  ),
  notify: s.described('send a notification, or several', s.union(seedMember('notifications'), notification())),
  registerExApp: s.described('register an ExApp at a daemon', exApp()),
  disableExApp: s.described('disable an ExApp', text()),
  enableExApp: s.described('enable an ExApp', text()),
  unregisterExApp: s.described('remove an ExApp', text()),
  capabilities: s.described(
    'lay this over the capabilities (JSON Merge Patch: null removes)',
    s.record(s.any()) as Schema<Record<string, unknown>>,
  ),
  config: s.described('set values of config.php and settings of apps', seedMember('config')),
  seed: s.described('lay a seed over the world', seedSchema),
  generate: s.described(
    'make accounts with names, addresses and groups',
    s.object({
      accounts: count(1),
      groups: s.optional(s.described('how many groups they are in; default: one for each hundred', count(0))),
      random: s.optional(s.described('the seed of what is made up; default: 1', s.int())),
      password: s.optional(s.described('of all of them; default: each has its id', text())),
    }),
  ),
  clock: s.described(
    'move, freeze or unfreeze the clock',
    s.object({
      advance: s.optional(durationSchema),
      set: s.optional(moment()),
      freeze: s.optional(s.union(s.literal(true), moment())),
      unfreeze: s.optional(s.literal(true)),
    }),
  ),
  fault: s.described('from now on this goes wrong', oneOrMore(faultSchema)),
  endFault: s.described('end the faults of these names; true: all', s.union(s.literal(true), text(), s.list(text()))),
  replace: s.described(
    'replace the answer of one operation',
    s.object({ ...replacementShape, name: s.optional(text()), times: s.optional(count(1)) }),
  ),
  expect: s.described(
    'from here to the end these requests are to come; an error at the end where they did not',
    oneOrMore(expectationSchema),
  ),
} as const

function notification() {
  // A list of notifications is a member of seeds; one of them is its item.
  const list = seedMember('notifications')
  type Item = NonNullable<typeof list._type>[number]
  return itemOf<Item>(list)
}

function exApp() {
  const list = seedMember('exApps')
  type Item = NonNullable<typeof list._type>[number]
  return itemOf<Item>(list)
}

/** The schema of the items of a list. */
function itemOf<T>(list: Schema): Schema<T> {
  return {
    check: (value, pointer, report) =>
      list.check([value], pointer, (found) =>
        report({ ...found, pointer: pointer + found.pointer.slice(`${pointer}/0`.length) }),
      ),
    toJsonSchema: () => list.toJsonSchema().items as Record<string, unknown>,
  }
}

export type ActionName = keyof typeof ACTIONS
export const ACTION_NAMES = Object.keys(ACTIONS) as ActionName[]
/** What each action is written with. */
export type Actions = { readonly [K in ActionName]: Infer<(typeof ACTIONS)[K]> }

type OptionalActions = { [K in ActionName]: (typeof ACTIONS)[K] & { readonly optional: true } }
const optionalActions = Object.fromEntries(
  Object.entries(ACTIONS).map(([name, schema]) => [name, s.optional(schema)]),
) as unknown as OptionalActions

/** What makes a step happen. Without one it happens at once. */
export const TRIGGERS = ['after', 'on', 'when'] as const

const stepSchema = s.object({
  name: s.optional(s.described('what the step is called when it is told to happen', text())),
  after: s.optional(s.described('wait so long, by the clock of the world, after the step before', durationSchema)),
  on: s.optional(s.described('wait for a request; the step happens before it is answered', awaitedRequestSchema)),
  when: s.optional(s.described('told: wait until the scenario is advanced', s.literal('told'))),
  ...optionalActions,
})

export const scenarioSchema = s.object({
  $schema: s.optional(text()),
  story: s.optional(s.described('what happens, in a sentence', text())),
  name: s.optional(s.described('what it is started by; default: the name of the file', text())),
  profile: s.optional(s.described('the product and version; default: nextcloud-34', text())),
  seed: s.optional(s.described('laid over the world when the scenario starts', seedSchema)),
  steps: s.described('what happens, in this order', s.list(stepSchema)),
})

/** What happens in one step, and when. Actions happen in the order in which they are written. */
export type Step = Infer<typeof stepSchema>
/** A script of how a world changes, over time or in answer to requests. */
export type Scenario = Infer<typeof scenarioSchema>

/** A scenario with types, for TypeScript: the same steps as in a file. */
export const defineScenario = (scenario: Scenario): Scenario => scenario

/** JSON Schema of a scenario file: what editors complete from, and what `scenarios/schema.json` is. */
export function scenarioJsonSchema(): Record<string, unknown> {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Scenario of ocs-mock',
    ...scenarioSchema.toJsonSchema(),
  }
}
