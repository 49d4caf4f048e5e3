import type { Json } from '#lib/json.ts'
import { toInt, toText } from '#lib/php.ts'
import type { World } from '#world/world.ts'
import { isTime } from './extra-settings.ts'
import type { Question } from './state/records.ts'

const DAY = 86_400

/** Why dates or times are none that a question takes; `null`: they are, or it asks for something else. */
export function rangeProblem(world: World, question: Question, values: readonly Json[]): string | null {
  const { type, text, extraSettings: settings } = question
  if (type !== 'date' && type !== 'time') return null
  const read = type === 'date' ? readDate : readTime
  let before = Number.NEGATIVE_INFINITY
  for (const value of values) {
    const at = read(world, toText(value))
    if (at === null) return `Invalid date/time format for question "${text}".`
    if (at < before) return `Date/time values for question "${text}" must be in ascending order.`
    before = at
    const isSet = (limit: Json | undefined): limit is Json => limit !== undefined && limit !== null
    const timeOf = (limit: Json) => readTime(world, toText(limit)) ?? 0
    const isOutside =
      (isSet(settings.dateMin) && at < toInt(settings.dateMin)) ||
      (isSet(settings.dateMax) && at > toInt(settings.dateMax)) ||
      (isSet(settings.timeMin) && at < timeOf(settings.timeMin)) ||
      (isSet(settings.timeMax) && at > timeOf(settings.timeMax))
    if (isOutside) return `Date/time is not in the allowed range for question "${text}".`
  }
  return null
}

/** A day has the time at which it is read. */
function readDate(world: World, text: string): number | null {
  const day = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN
  if (Number.isNaN(day) || new Date(day).toISOString().slice(0, 10) !== text) return null
  return day / 1000 + (world.clock.seconds() % DAY)
}

function readTime(world: World, text: string): number | null {
  if (!isTime(text)) return null
  const [hours = 0, minutes = 0] = text.split(':').map(Number)
  const now = world.clock.seconds()
  return now - (now % DAY) + hours * 3600 + minutes * 60
}
