import type { ActivityContext } from '#app/activity-provider.ts'
import { defineEndpoint, type HandlerArguments, p, s } from '#app/index.ts'
import { md5 } from '#lib/md5.ts'
import { dateC, type PhpArray, toInt } from '#lib/php.ts'
import * as activities from '#world/notices/activities.ts'
import { matcherOf } from './filters.ts'
import { type Line, linesOf, providersOf } from './lines.ts'
import { previewsOf } from './previews.ts'

const MOST_SHOWN = 200

const input = {
  since: p.int().default(0).describe('The last activity that was seen.'),
  limit: p.limit().default(50),
  previews: p.bool().default(false),
  object_type: p.string().default('').before(34, p.mixed().default('')),
  object_id: p.int().default(0),
  sort: p.string().default('desc').oneOf('desc', 'asc').before(34, p.mixed().default('desc')),
}

const rich = s.list(s.union(s.words(), s.record(s.record(s.string()))))

const output = s.list(
  s.object({
    activity_id: s.int(),
    app: s.string(),
    type: s.string(),
    user: s.string(),
    subject: s.words(),
    subject_rich: rich,
    message: s.words(),
    message_rich: rich,
    object_type: s.string(),
    object_id: s.int(),
    object_name: s.string(),
    objects: s.record(s.string()),
    link: s.string(),
    icon: s.string(),
    datetime: s.string(),
    previews: s.optional(s.list(s.object({}, 'allow'))),
  }),
)

type StreamArguments = Pick<
  HandlerArguments<'/', typeof input, Record<never, never>>,
  'input' | 'me' | 'world' | 'profile' | 'request' | 'catalogue' | 'raw' | 'ok' | 'respond'
>

/** An activity's own address is absolute where it was made so; others are on this server. */
export const absolute = (link: string, baseUrl: string) => (link.startsWith('/') ? baseUrl + link : link)

async function show(line: Line, context: ActivityContext, withPreviews: boolean): Promise<PhpArray> {
  const { activity, told, plain, at, objects } = line
  return {
    activity_id: activity.id,
    app: activity.app,
    type: told.type ?? activity.type,
    user: activity.author,
    subject: plain,
    subject_rich: [told.text, told.parameters],
    message: told.message?.plain ?? '',
    message_rich: [told.message?.text ?? '', told.message?.parameters ?? []],
    object_type: activity.objectType,
    object_id: activity.objectId,
    object_name: activity.objectName,
    objects,
    link: absolute(activity.link, context.baseUrl),
    icon: context.baseUrl + told.icon,
    datetime: dateC(at),
    ...(withPreviews ? { previews: await previewsOf(line, context) } : {}),
  }
}

/** A page of the caller's stream; 304 at its end, or where the caller has it already. */
async function answerStream(
  filter: string,
  { input: asked, me, world, profile, request, catalogue, raw, ok, respond }: StreamArguments,
) {
  const objectType = typeof asked.object_type === 'string' ? asked.object_type : ''
  const isWhole = objectType !== '' && asked.object_id !== 0
  const about = isWhole ? { type: objectType, id: asked.object_id } : { type: '', id: 0 }
  const matches = await matcherOf(filter, { world, catalogue, me, about })
  if (!matches) return respond(404)
  const order = asked.sort === 'asc' ? 'asc' : 'desc'
  const limit = Math.max(0, Math.min(MOST_SHOWN, asked.limit))
  const page = activities.page(world, me, { order, limit, since: asked.since, matches })
  if (page === 'not-yours') return respond(403)

  const context: ActivityContext = {
    world,
    profile,
    baseUrl: request.baseUrl,
    me,
    catalogue,
    isAbout: (type, id) => type === raw.object_type && id === toInt(raw.object_id),
  }
  const lines = linesOf(page.activities, context, await providersOf(catalogue))
  const isFirst = asked.since === 0 || !activities.find(world, asked.since)
  const first = isFirst ? activities.ofUser(world, me, order)[0]?.id : undefined
  const last = page.activities.at(-1)?.id
  const next = { since: last, limit: asked.limit, sort: order }
  const headers = {
    ...(first === undefined ? {} : { 'X-Activity-First-Known': String(first) }),
    ...(last === undefined ? {} : { 'X-Activity-Last-Given': String(last) }),
    ...(page.hasMore && last !== undefined
      ? { Link: `<${request.address}?${query({ ...next, ...objectQuery(about), ...formatQuery(raw) })}>; rel="next"` }
      : {}),
    ETag: md5(JSON.stringify(lines.map(({ activity }) => activity.id))),
  }
  if (lines.length === 0 || request.header('if-none-match') === headers.ETag) return respond(304, [], { headers })
  return ok(await Promise.all(lines.map((line) => show(line, context, asked.previews))), { headers })
}

const objectQuery = ({ type, id }: { type: string; id: number }) =>
  type === '' ? {} : { object_type: type, object_id: id }
const formatQuery = ({ format }: Readonly<Record<string, unknown>>) => (format === undefined ? {} : { format })

const query = (parameters: Record<string, unknown>) =>
  new URLSearchParams(Object.entries(parameters).map(([name, value]) => [name, String(value)])).toString()

export const getStream = defineEndpoint({
  id: 'activity:GET /apps/activity/api/v2/activity',
  app: 'activity',
  method: 'GET',
  path: '/apps/activity/api/v2/activity',
  access: 'user',
  summary: "The caller's activities, the latest first",
  input,
  output,
  responses: { 304: s.empty(), 403: s.empty(), 404: s.empty() },
  handle: (asked) => answerStream('all', asked),
})

export const getFilteredStream = defineEndpoint({
  id: 'activity:GET /apps/activity/api/v2/activity/{filter}',
  app: 'activity',
  method: 'GET',
  path: '/apps/activity/api/v2/activity/{filter}',
  access: 'user',
  summary: "The caller's activities of one kind, or about one object",
  input: { ...input, filter: p.string() },
  output,
  responses: { 304: s.empty(), 403: s.empty(), 404: s.empty() },
  probe: { filter: 'files' },
  handle: (asked) => answerStream(asked.input.filter, asked),
})

export const getDownloadCount = defineEndpoint({
  id: 'activity:GET /apps/activity/api/v2/activity/downloads/count',
  app: 'activity',
  method: 'GET',
  path: '/apps/activity/api/v2/activity/downloads/count',
  since: 34,
  access: 'user',
  summary: 'How often a file was downloaded over public links',
  notImplemented: ['Downloads over public links are not noted as activities; a seed can have them'],
  input: { object_type: p.string().default('files'), object_id: p.int().default(0) },
  output: s.object({ total: s.int(), last30d: s.int() }),
  responses: { 400: s.empty() },
  probe: { object_id: '1' },
  handle: ({ input: { object_type: type, object_id: id }, me, world, ok, respond }) => {
    if (type !== 'files' || id <= 0) return respond(400)
    const downloads = activities
      .ofUser(world, me, 'asc')
      .filter((one) => one.type === 'public_links' && one.objectType === 'files' && one.objectId === id)
    const monthAgo = world.clock.seconds() - 30 * 86_400
    return ok({ total: downloads.length, last30d: downloads.filter(({ at }) => at >= monthAgo).length })
  },
})

const newestFirst = (a: activities.Activity, b: activities.Activity) => b.id - a.id

/** One more than are shown is asked of a database that gives all of them for less than none (Nextcloud 34.0.1 on SQLite, asked). */
const pageLength = (count: number): number =>
  count < -1 ? Number.POSITIVE_INFINITY : Math.min(MOST_SHOWN, Math.max(0, count))

export const getOldStream = defineEndpoint({
  id: 'activity:GET /cloud/activity',
  app: 'activity',
  method: 'GET',
  path: '/cloud/activity',
  access: 'user',
  summary: 'Activities in the form of ownCloud 5',
  input: { start: p.int().default(0), count: p.int().default(30) },
  output: s.list(
    s.object({
      id: s.int(),
      subject: s.words(),
      message: s.words(),
      file: s.string(),
      link: s.string(),
      date: s.string(),
    }),
  ),
  handle: async ({ input: { start, count }, me, world, profile, request, catalogue, ok, crash }) => {
    if (start < 0) return crash()
    const matches = await matcherOf('all', { world, catalogue, me, about: { type: '', id: 0 } })
    const page = activities.page(world, me, {
      order: 'desc',
      limit: pageLength(count),
      since: start === 0 ? 0 : (activities.ofUser(world, me, 'desc').toSorted(newestFirst)[start - 1]?.id ?? 0),
      matches: matches ?? (() => true),
    })
    const found = page === 'not-yours' ? [] : page.activities
    const context = { world, profile, baseUrl: request.baseUrl, me, catalogue, isAbout: () => false }
    return ok(
      linesOf(found, context, await providersOf(catalogue)).map(({ activity, told, plain, at }) => ({
        id: activity.id,
        subject: plain,
        message: told.message?.plain ?? '',
        file: activity.objectName,
        link: absolute(activity.link, request.baseUrl),
        date: dateC(at),
      })),
    )
  },
})
