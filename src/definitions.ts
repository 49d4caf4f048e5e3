/** All that apps are made of, and nothing that runs them: what `ocs-mock` exports for those who write one. */
export * from '#app/index.ts'
export * from '#app/php.ts'
export type { CommandContext, CommandHandler } from '#console/command.ts'
export {
  defineCommand,
  defineCommandSource,
  type OccCommand,
  type OccCommandSource,
} from '#console/define-command.ts'
export type { ArgumentDefinition, CommandDefinition, InputValue, OptionDefinition } from '#console/definition.ts'
export type { Input as CommandInput } from '#console/input.ts'
export type { Output as CommandOutput } from '#console/output.ts'
export type { Clock } from '#world/clock.ts'
export * from '#world/events.ts'
export type { World } from '#world/world.ts'
export { type AppPage, definePage } from './app-page.ts'
