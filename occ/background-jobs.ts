import type { CommandContext, CommandHandler } from '#console/command.ts'
import { defineReleaseCommands } from '#console/define-command.ts'
import { thrownAt } from '#console/errors.ts'
import { fail } from '#console/fail.ts'
import { Verbosity } from '#console/output.ts'
import { phpJson } from '#console/php-json.ts'
import { writeRows, writeTable } from '#console/write-in-format.ts'
import type { Json } from '#lib/json.ts'
import { dateC, toInt } from '#lib/php.ts'
import { defineProfileData } from '#profiles/profile-data.ts'
import { isEnabled } from '#world/settings/apps.ts'
import { installedAt } from '#world/settings/installed-at.ts'
import * as records from '#world/settings/server-jobs.ts'

/** A job that a release runs by itself. */
interface JobDefinition {
  readonly class: string
  /** It is there while this app is. */
  readonly app?: string
  readonly argument?: Json
  readonly type: 'timed' | 'queued'
  /** Seconds between two runs. */
  readonly interval?: number
}

interface ServerJob extends JobDefinition {
  readonly id: string
  readonly record: records.ServerJobRecord
}

const definitions = defineProfileData<readonly JobDefinition[]>('background-jobs', [])

/** Seconds since 1970 from which snowflake ids count. */
const SNOWFLAKES_SINCE = 1_759_276_800

/** The id of something that came about so many milliseconds after a moment. */
const snowflake = (seconds: number, milliseconds: number) =>
  String((BigInt(Math.max(1, seconds - SNOWFLAKES_SINCE)) << 32n) | (BigInt(milliseconds % 1000) << 22n) | (1n << 12n))

async function jobs({ world, profile }: CommandContext): Promise<ServerJob[]> {
  const installed = installedAt(world)
  return (await definitions.load(profile))
    .map((job, i) => ({
      ...job,
      id: snowflake(Math.floor(installed), i),
      record: records.recordOf(world, job.class, Math.floor(installed)),
    }))
    .filter(({ app, record }) => !record.isRemoved && (app === undefined || isEnabled(world, app)))
}

const list: CommandHandler = async (context) => {
  const { input, output } = context
  const wanted = input.value('class')
  const limit = toInt(input.value('limit'))
  const offset = toInt(input.value('offset'))
  const found = (await jobs(context)).filter((job) => wanted === null || job.class === wanted.replace(/^\\+/, ''))
  const rows = found
    .slice(offset, input.value('limit') === '0' ? offset : limit > 0 ? offset + limit : undefined)
    .map((job) => ({
      id: job.id,
      class: job.class,
      last_run: dateC(job.record.lastRun),
      argument: phpJson(job.argument ?? null),
    }))
  // A table of nothing is not drawn where nothing was asked for.
  if (rows.length > 0 || input.value('limit') !== '0') writeTable(context, rows)
  if (input.value('output') === 'plain' && rows.length >= limit) {
    const advice = `Output is currently limited to ${limit} jobs. Specify \`-l, --limit[=LIMIT]\` to override.`
    output.writeln(`\n<comment>${advice}</comment>`)
  }
  return 0
}

async function jobOf(context: CommandContext): Promise<ServerJob | undefined> {
  const id = context.input.text('job-id')
  const job = (await jobs(context)).find((one) => one.id === id)
  if (!job) fail(context, `Job with ID ${id} could not be found in the database`)
  return job
}

const remove: CommandHandler = async (context) => {
  const { input, output, world } = context
  const job = await jobOf(context)
  if (!job) return 1
  output.writeln([`Job class: ${job.class}`, `Arguments: ${phpJson(job.argument ?? null)}`, ''])
  const question =
    '<comment>Do you really want to delete this background job ? It could create some misbehaviours in Nextcloud.</comment> (y/N) '
  if (await input.confirm(question, false)) records.remove(world, job.class)
  else output.writeln('aborted.')
  return 0
}

const isDue = ({ interval = 0, record }: ServerJob, now: number) => now - record.lastRun > interval

const execute: CommandHandler = async (context) => {
  const { input, output, world } = context
  const job = await jobOf(context)
  if (!job) return 1
  describe(context, job)
  output.writeln('')
  const forced = input.flag('force-execute')
  if (forced) output.writeln(['<comment>Forcing execution of the job</comment>', ''])
  if (!forced && !isDue(job, world.clock.seconds())) {
    output.writeln('<comment>Job was not executed because it is not due</comment>')
    output.writeln('Specify the <question>--force-execute</question> option to run it anyway')
    return 0
  }
  records.noteRun(world, job.class, job.type === 'queued')
  output.writeln(['<info>Job executed!</info>', ''])
  if (job.type === 'timed') describe(context, { ...job, record: records.recordOf(world, job.class, 0) })
  return 0
}

function describe({ output, world }: CommandContext, { argument, type, interval, record, ...job }: ServerJob): void {
  output.writeln([
    `Job class:            ${job.class}`,
    `Arguments:            ${phpJson(argument ?? null)}`,
    `Type:                 ${type}`,
    '',
    `Last checked:         ${dateC(record.lastChecked)}`,
    'Reserved at:          -',
    `Last executed:        ${dateC(record.lastRun)}`,
    'Last duration:        0',
  ])
  if (interval === undefined) return
  const next = record.lastRun + interval
  const mark = next > world.clock.seconds() ? 'comment' : 'info'
  output.writeln(`Next execution:       <${mark}>${dateC(next)}</${mark}>`)
}

/** A worker runs what is due; it does not wait for what will be. */
const work: CommandHandler = async (context) => {
  const { input, output, world } = context
  const stopAfter = secondsOf(input.value('stop_after'))
  if (stopAfter !== null) output.writeln(`<info>Background job worker will stop after ${stopAfter} seconds</info>`)
  const wanted = input.list('job-classes')
  const all = await jobs(context)
  const isKnown = (name: string) => all.some((job) => job.class === name.replace(/^\\+/, ''))
  const unknown = wanted.find((name) => !isKnown(name))
  if (unknown !== undefined) return fail(context, `Invalid job class: ${unknown}`)
  const due = all
    .filter((job) => wanted.length === 0 || wanted.includes(job.class))
    .filter((job) => isDue(job, world.clock.seconds()))
    .sort((a, b) => a.record.lastChecked - b.record.lastChecked)
  for (const job of input.flag('once') ? due.slice(0, 1) : due) {
    output.writeln(`Running job ${job.class} with ID ${job.id}`)
    records.noteRun(world, job.class, job.type === 'queued')
    output.writeln(`Job ${job.id} has finished`, Verbosity.verbose)
  }
  return 0
}

const UNITS: Readonly<Record<string, number>> = { '': 1, s: 1, m: 60, h: 3600 }

function secondsOf(text: string | null): number | null {
  const match = /^(\d+)([smh]?)$/i.exec(text ?? '')
  return match ? Number(match[1]) * UNITS[match[2]!.toLowerCase()]! : null
}

/** Jobs are done in no time, so that none is ever seen running. */
const running: CommandHandler = (context) => {
  writeRows(context, [])
  return 0
}

/** What jobs may end in: running, succeeded, failed, crashed. */
const STATUSES = 4

/** Only workers note what they did, and those of a fake leave no notes. */
const history: CommandHandler = (context) => {
  const { input, output } = context
  const wrong = input.values('status').find((status) => toInt(status) < 0 || toInt(status) >= STATUSES)
  if (wrong !== undefined) {
    fail(context, 'Invalid status provided')
    output.writeln(`${toInt(wrong)} is not a valid backing value for enum OC\\BackgroundJob\\JobStatus`)
    return 1
  }
  // The real server looks for runs by numbers of classes that ran (Nextcloud 34.0.1, asked).
  if (input.values('class').length > 0) {
    // What is written row by row has begun by then.
    if (input.value('output') !== 'plain') output.writeln('[')
    throw thrownAt('JobRuns', 117, 'No class ID found for filtering', 'InvalidArgumentException')
  }
  writeRows(context, [])
  return 0
}

export const backgroundJobCommands = defineReleaseCommands({
  'background-job:list': list,
  'background-job:delete': remove,
  'background-job:execute': execute,
  'background-job:worker': work,
  'background-job:running': running,
  'background-job:history': history,
})
