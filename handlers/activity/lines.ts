import type { ActivityContext, ActivityText } from '#app/activity-provider.ts'
import { isValidRichText, type RichObject, type RichParameters, toPlainText } from '#app/rich-text.ts'
import type { ContributionSource, Gathered } from '#line/contributions.ts'
import type { Activity } from '#world/notices/activities.ts'

/** The providers of all apps. One answers for its own activities alone. */
export const providersOf = async (catalogue: ContributionSource) => catalogue.gather('activityProviders')

/** One line of a stream: an activity, or several that are told as one. */
export interface Line {
  readonly activity: Activity
  readonly told: ActivityText
  readonly plain: string
  readonly at: number
  /** Ids and names of all objects, the newest first. */
  readonly objects: ReadonlyMap<number, string>
}

/** What a stream reads like, in the order of its activities; what no app can tell is left out. */
export function linesOf(
  list: readonly Activity[],
  context: ActivityContext,
  providers: readonly Gathered<'activityProviders'>[],
): Line[] {
  const asked = providers.map(({ contribution, profile }) => ({ contribution, context: { ...context, profile } }))
  const lines: Line[] = []
  for (const activity of list) {
    const text = asked.map((one) => one.contribution.describe(activity, one.context)).find((one) => one !== null)
    if (!text) continue
    const line = lineOf(activity, text, context)
    const merged = (text.mergeBy ?? []).reduce<Line | null>((found, by) => found ?? merge(by, line, lines.at(-1)), null)
    if (merged) lines.pop()
    lines.push(merged ?? line)
  }
  return lines
}

function lineOf(activity: Activity, told: ActivityText, { profile }: ActivityContext): Line {
  const objects = new Map<number, string>()
  if (activity.objectId !== 0 || activity.objectName !== '') objects.set(activity.objectId, activity.objectName)
  const isWhole = isValidRichText(profile, told.text, told.parameters)
  const broken = `Rich subject or a parameter for "${told.text}" is malformed`
  const whole = isWhole ? told : { ...told, text: broken, parameters: {} }
  const plain = told.plain ?? toPlainText(whole.text, whole.parameters) ?? broken
  return { activity, told: whole, plain, at: activity.at, objects }
}

/** Seconds that neighbours may lie apart and still be told together. */
const TOGETHER = 3 * 3600
const MOST_TOGETHER = 5

/** Two neighbours as one line, where they differ in nothing but one parameter; `null` where they differ more. */
function merge(by: string, line: Line, previous: Line | undefined): Line | null {
  if (!previous || previous.activity.app !== line.activity.app) return null
  if (previous.activity.subject !== line.activity.subject) return null
  if (previous.activity.objectType !== line.activity.objectType) return null
  if (Math.abs(previous.at - line.at) > TOGETHER) return null
  const combined = combine(by, line.told.parameters, previous.told.parameters)
  if (!combined || combined.count > MOST_TOGETHER) return null
  const text = line.told.text.replaceAll(`{${by}}`, enumeration(by, combined.count))
  return {
    activity: line.activity,
    told: { ...line.told, text, parameters: combined.parameters },
    plain: mergedText(text, combined.parameters),
    at: Math.max(line.at, previous.at),
    objects: new Map([...previous.objects, ...line.objects]),
  }
}

function combine(
  by: string,
  one: RichParameters,
  other: RichParameters,
): { readonly parameters: RichParameters; readonly count: number } | null {
  const isMerged = (name: string) => new RegExp(`^${by}\\d*$`).test(name)
  const parameters: Record<string, RichObject> = {}
  const found: string[] = []
  for (const [mine, theirs] of [
    [one, other],
    [other, one],
  ] as const) {
    for (const [name, object] of Object.entries(mine)) {
      const text = JSON.stringify(object)
      if (!isMerged(name)) {
        if (JSON.stringify(theirs[name]) !== text) return null
        parameters[name] = object
      } else if (!found.includes(text)) {
        found.push(text)
        parameters[`${by}${found.length}`] = object
      }
    }
  }
  return found.length === 0 ? null : { parameters, count: found.length }
}

/** `{file2} and {file1}`: the newest first. */
function enumeration(by: string, count: number): string {
  const names = Array.from({ length: count }, (_, i) => `{${by}${count - i}}`)
  return count === 1 ? names[0]! : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}

function mergedText(text: string, parameters: RichParameters): string {
  let plain = text
  for (const [name, object] of Object.entries(parameters)) {
    plain = plain.replaceAll(`{${name}}`, object.type === 'file' ? object.path! : object.name!)
  }
  return plain
}
