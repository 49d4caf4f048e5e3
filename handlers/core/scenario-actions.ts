import { type ActionProblem, defineScenarioAction, unknownApp } from '#app/scenario-action.ts'
import { account, each, oneOrMore } from '#app/scenario-action-support.ts'
import { inPlace, SeedError } from '#lib/errors.ts'
import { s } from '#lib/schema.ts'
import type { ProfileDefinition } from '#profiles/profile.ts'
import * as tokens from '#world/accounts/tokens.ts'
import * as users from '#world/accounts/users.ts'
import * as apps from '#world/settings/apps.ts'
import { override } from '#world/settings/capability-overrides.ts'
import { configSeedSchema, seedConfig } from '#world/settings/seed.ts'

type OneOrMore = string | readonly string[]

/** Apps that the product does not have, each with its place in what was written. */
function unknownApps(given: OneOrMore, { profile }: { readonly profile: ProfileDefinition }): ActionProblem[] {
  if (typeof given === 'string') return unknownApp(given, profile)
  return given.flatMap((app, i) => unknownApp(app, profile).map((one) => ({ ...one, place: [i, ...one.place] })))
}

export const enableApp = defineScenarioAction({
  name: 'enableApp',
  description: 'enable an app, or several',
  schema: oneOrMore(s.nameOf('app', s.string())),
  check: unknownApps,
  run: ({ world }, given) =>
    each(given, (app) => {
      if (apps.enable(world, app) === 'unknown') throw new SeedError([], `there is no app "${app}".`)
    }),
})

export const disableApp = defineScenarioAction({
  name: 'disableApp',
  description: 'disable an app, or several',
  schema: oneOrMore(s.nameOf('app', s.string())),
  check: unknownApps,
  run: ({ world }, given) =>
    each(given, (app) => {
      if (apps.disable(world, app) === 'always-enabled') throw new SeedError([], `"${app}" cannot be disabled.`)
    }),
})

export const disableAccount = defineScenarioAction({
  name: 'disableAccount',
  description: 'disable an account, or several',
  schema: oneOrMore(s.string()),
  run: ({ world }, given) => each(given, (id) => users.setEnabled(world, account(world, id), false)),
})

export const enableAccount = defineScenarioAction({
  name: 'enableAccount',
  description: 'enable an account, or several',
  schema: oneOrMore(s.string()),
  run: ({ world }, given) => each(given, (id) => users.setEnabled(world, account(world, id), true)),
})

const appPasswordSchema = s.object({
  account: s.string(),
  name: s.optional(s.string()),
  token: s.optional(s.string()),
})

export const revokeAppPassword = defineScenarioAction({
  name: 'revokeAppPassword',
  description: 'revoke the app passwords of an account, or the one of this name or with this token',
  schema: appPasswordSchema,
  run: ({ world }, { account: id, ...filter }) => {
    const { id: userId } = inPlace('account', () => account(world, id))
    if (tokens.revokeAppPasswords(world, userId, filter) === 0)
      throw new SeedError([], `"${userId}" has no such app password.`)
  },
})

export const createAppPassword = defineScenarioAction({
  name: 'createAppPassword',
  description: 'make an app password for an account',
  schema: appPasswordSchema,
  run: ({ world }, { account: id, name = 'ocs-mock', token }) => {
    const { id: userId } = inPlace('account', () => account(world, id))
    if (token !== undefined && tokens.find(world, token))
      throw new SeedError(['token'], 'there is one with this token.')
    tokens.create(world, {
      userId,
      loginName: userId,
      name,
      type: 'app-password',
      ...(token === undefined ? {} : { token }),
    })
  },
})

export const setCapabilities = defineScenarioAction({
  name: 'capabilities',
  description: 'lay this over the capabilities (JSON Merge Patch: null removes)',
  schema: s.record(s.json()),
  run: ({ world }, patch) => override(world, patch),
})

export const setConfig = defineScenarioAction({
  name: 'config',
  description: 'set values of config.php and settings of apps',
  schema: configSeedSchema,
  run: ({ world }, given) => seedConfig(world, given),
})
