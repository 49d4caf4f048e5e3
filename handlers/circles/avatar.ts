import { defineEndpoint, p, s } from '#app/index.ts'
import { cacheHeaders, MAX_BYTES, readPicture } from '#handlers/core/api.ts'
import { httpDate } from '#lib/http-date.ts'
import { md5 } from '#lib/md5.ts'
import { toBase64 } from '#world/accounts/identity-keys.ts'
import { defineTable } from '#world/define-table.ts'
import { bytesOf } from '#world/files/content.ts'
import { defineReactions } from '#world/reactions.ts'
import { contextOf, PROBE } from './circles.ts'
import { circleSchema, teamFor } from './format.ts'
import { FOR_MEMBERS, membershipOf, refuse } from './refusals.ts'
import * as circles from './state.ts'

/** The picture that somebody gave a team; a team without one is drawn by the front end. */
interface TeamAvatar {
  readonly circleId: string
  readonly mime: string
  readonly base64: string
  /** Seconds since 1970. */
  readonly setAt: number
}

export const teamAvatarsTable = defineTable<TeamAvatar>('circleAvatars', {
  record: s.object({ circleId: s.string(), mime: s.string(), base64: s.string(), setAt: s.int() }),
  refersTo: { circleId: circles.circlesTable },
})

export const teamAvatarReactions = defineReactions(
  { 'team.deleted': (world, { circleId }) => void world.table(teamAvatarsTable).delete(circleId) },
  { phase: 'clean-up', evenIfDisabled: true },
)

const common = { app: 'circles', path: '/apps/circles/circles/{circleId}/avatar', since: 34, access: 'user' } as const

export const getAvatar = defineEndpoint({
  ...common,
  id: 'circles:GET /apps/circles/circles/{circleId}/avatar',
  method: 'GET',
  summary: 'The picture of a team of the caller',
  output: s.any(),
  responses: { ...FOR_MEMBERS.responses, 404: s.empty() },
  probe: PROBE,
  handle: (args) => {
    const { input, world, request, respond, abort } = args
    if (!membershipOf(args, input.circleId, 0)) return refuse(args, input.circleId)
    const picture = world.table(teamAvatarsTable).get(input.circleId)
    if (!picture) return respond(404, [], { message: '' })
    const etag = `"${md5(`${picture.circleId} ${picture.setAt} ${picture.base64}`)}"`
    const isKnown = request.header('If-None-Match') === etag
    return abort({
      status: isKnown ? 304 : 200,
      headers: [
        ...cacheHeaders(world, 'immutable'),
        ['Content-Disposition', `inline; filename="circle-avatar.${picture.mime === 'image/jpeg' ? 'jpg' : 'png'}"`],
        ['Content-Type', picture.mime],
        ['ETag', etag],
        ['Last-Modified', httpDate(picture.setAt)],
      ],
      body: isKnown ? '' : bytesOf(picture),
    })
  },
})

/** What is sent is to be square nowhere but in the front end (Nextcloud 34.0.1, asked). */
export const setAvatar = defineEndpoint({
  ...common,
  id: 'circles:POST /apps/circles/circles/{circleId}/avatar',
  method: 'POST',
  summary: 'Give a team that the caller administers a picture: the upload `file`',
  input: { circleId: p.string() },
  output: circleSchema,
  ...FOR_MEMBERS,
  failures: { 999: ['No image file provided', 'File is too big', 'Invalid image', 'Unknown filetype'] },
  probe: PROBE,
  handle: (args) => {
    const { input, world, uploads, me, ok, fail } = args
    const found = membershipOf(args, input.circleId, circles.LEVEL.admin)
    if (!found) return refuse(args, input.circleId)
    const { bytes } = uploads.file ?? fail(999, 'No image file provided')
    if (bytes.length > MAX_BYTES) return fail(999, 'File is too big')
    const read = readPicture(bytes)
    if ('refused' in read) return fail(999, read.refused)
    const { id: circleId } = found.circle
    const setAt = world.clock.seconds()
    world.table(teamAvatarsTable).set(circleId, { circleId, mime: read.mime, base64: toBase64(bytes), setAt })
    return ok(teamFor(contextOf(args), found.circle, me))
  },
})

export const removeAvatar = defineEndpoint({
  ...common,
  id: 'circles:DELETE /apps/circles/circles/{circleId}/avatar',
  method: 'DELETE',
  summary: 'Take the picture of a team that the caller administers away',
  output: circleSchema,
  ...FOR_MEMBERS,
  probe: PROBE,
  handle: (args) => {
    const found = membershipOf(args, args.input.circleId, circles.LEVEL.admin)
    if (!found) return refuse(args, args.input.circleId)
    args.world.table(teamAvatarsTable).delete(found.circle.id)
    return args.ok(teamFor(contextOf(args), found.circle, args.me))
  },
})
