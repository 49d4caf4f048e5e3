import type { ScenarioAction } from '#app/scenario-action.ts'
import { durationSchema } from '#faults/duration.ts'
import { faultSchema, patchShape, replacementShape } from '#faults/fault.ts'
import { awaitedRequestSchema, expectationSchema } from '#faults/request-schema.ts'
import { type Infer, notTogether, type Schema, s } from '#lib/schema.ts'
import { momentSchema } from '#world/moment-schema.ts'
import { type Seed, seedSchemaOf } from '#world/seed.ts'
import type { SeedMember } from '#world/world.ts'

const oneOrMore = <S extends Schema>(schema: S) => s.union(schema, s.list(schema))
const text = () => s.string()
const count = (least: number) =>
  s.form<number>(`a whole number from ${least}`, (v) => Number.isInteger(v) && (v as number) >= least, {
    type: 'integer',
    minimum: least,
  })
const limitShape = {
  name: s.optional(s.described('by which endFault ends it', text())),
  times: s.optional(s.described('how many requests get it; default: until the scenario ends', count(1))),
}

/** What a step can do whatever apps there are, each with the sentence that editors show. */
const OWN_ACTIONS = {
  occ: s.described(
    'run an occ command; it has to end with 0, or with exitCode',
    s.union(
      s.nameOf('command', text()),
      s.object({
        args: s.described('the command with its arguments', s.union(s.nameOf('command', text()), s.list(text()))),
        env: s.optional(s.described('variables of its environment, such as OC_PASS', s.record(text()))),
        stdin: s.optional(s.described('what it reads: answers to its questions, a line each', text())),
        exitCode: s.optional(s.described('what it has to end with; default: 0', count(0))),
      }),
    ),
  ),
  generate: s.described(
    'make accounts with names, addresses and groups',
    s.object({
      accounts: s.described('how many', count(1)),
      groups: s.optional(s.described('how many groups they are in; default: one for each hundred', count(0))),
      random: s.optional(s.described('the seed of what is made up; default: 1', s.int())),
      password: s.optional(s.described('of all of them; default: each has its id', text())),
    }),
  ),
  clock: s.described(
    'move, freeze or unfreeze the clock',
    s.object({
      advance: s.optional(s.described('by so much, such as 24h', durationSchema)),
      set: s.optional(s.described('to this moment; it goes on from there', momentSchema)),
      freeze: s.optional(
        s.described('it stands still: where it is, or at this moment', s.union(s.literal(true), momentSchema)),
      ),
      unfreeze: s.optional(s.described('it runs again', s.literal(true))),
    }),
  ),
  fault: s.described('from now on this goes wrong', oneOrMore(faultSchema)),
  endFault: s.described('end the faults of these names; true: all', s.union(s.literal(true), text(), s.list(text()))),
  replace: s.described('replace the answer of one operation', s.object({ ...replacementShape, ...limitShape })),
  patch: s.described('change some of the data that one operation answers', s.object({ ...patchShape, ...limitShape })),
  expect: s.described(
    'from here to the end these requests are to come; an error at the end where they did not',
    oneOrMore(expectationSchema),
  ),
} as const

export type OwnActionName = keyof typeof OWN_ACTIONS | 'seed'
/** What each of these is written with. */
export type OwnActions = { readonly [K in keyof typeof OWN_ACTIONS]: Infer<(typeof OWN_ACTIONS)[K]> } & {
  readonly seed: Seed
}

/** What makes a step happen. Without one it happens at once. */
export const TRIGGERS = ['after', 'on', 'when'] as const

const STEP = {
  name: s.optional(s.described('what the step is called when it is told to happen', text())),
  after: s.optional(s.described('wait so long, by the clock of the world, after the step before', durationSchema)),
  on: s.optional(s.described('wait for a request; the step happens before it is answered', awaitedRequestSchema)),
  when: s.optional(s.described('advanced: wait until the scenario is advanced', s.literal('advanced'))),
}

type StepBase = Infer<ReturnType<typeof s.object<typeof STEP>>>

/** What happens in one step, and when. Actions happen in the order in which they are written. */
export type Step = StepBase & Partial<OwnActions> & { readonly [action: string]: unknown }

/** A script of how a world changes, over time or in answer to requests. */
export interface Scenario {
  readonly $schema?: string
  readonly description?: string
  readonly name?: string
  readonly profile?: string
  readonly seed?: Seed
  readonly steps: readonly Step[]
}

/** The type of scenarios on whose world there are these members of seeds and these actions, and more by their names. */
export interface ScenarioOf<S, Actions extends readonly ScenarioAction[], More>
  extends Omit<Scenario, 'seed' | 'steps'> {
  readonly seed?: S
  readonly steps: readonly (StepBase &
    Partial<Omit<OwnActions, 'seed'>> & { readonly seed?: S } & {
      readonly [A in Actions[number] as A['name']]?: A extends ScenarioAction<infer V> ? V : never
    } & { readonly [A in keyof More]?: More[A] })[]
}

/** What decides which scenarios there can be. */
export interface ScenarioVocabulary {
  readonly seedMembers: readonly SeedMember[]
  readonly actions: readonly ScenarioAction[]
}

/** The members of a step that do something. */
export const actionsOf = (step: Step): string[] => Object.keys(step).filter((name) => !Object.hasOwn(STEP, name))

/** Members of steps that belong to no app. */
export const RESERVED_NAMES: readonly string[] = [...Object.keys(STEP), ...Object.keys(OWN_ACTIONS), 'seed']

/** All that a step can do. */
export const actionNames = ({ actions }: ScenarioVocabulary): string[] => [
  ...Object.keys(OWN_ACTIONS),
  'seed',
  ...actions.map(({ name }) => name),
]

/** What a scenario looks like where there are these members of seeds and these actions. */
export function scenarioSchema({ seedMembers, actions }: ScenarioVocabulary): Schema<Scenario> {
  const seed = seedSchemaOf(seedMembers)
  const step = {
    ...STEP,
    ...Object.fromEntries(Object.entries(OWN_ACTIONS).map(([name, schema]) => [name, s.optional(schema as Schema)])),
    seed: s.optional(s.described('lay a seed over the world', seed)),
    ...Object.fromEntries(
      actions.map(({ name, description, schema }) => [name, s.optional(s.described(description, schema))]),
    ),
  }
  return s.object({
    $schema: s.optional(s.described('where editors find what a scenario looks like', text())),
    description: s.optional(s.described('what happens, in a sentence', text())),
    name: s.optional(s.described('what it is started by; default: the name of the file', text())),
    profile: s.optional(s.described('the product and version; default: nextcloud-34', s.nameOf('profile', text()))),
    seed: s.optional(s.described('laid over the world when the scenario starts', seed)),
    steps: s.described('what happens, in this order', s.list(s.hinted(notTogether(TRIGGERS), s.object(step)))),
  }) as unknown as Schema<Scenario>
}

/** JSON Schema of a scenario file: what editors complete from, and what `scenarios/schema.json` is. */
export function scenarioJsonSchema(vocabulary: ScenarioVocabulary): Record<string, unknown> {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Scenario of ocs-mock',
    ...scenarioSchema(vocabulary).toJsonSchema(),
  }
}
