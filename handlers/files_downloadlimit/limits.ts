import { defineEndpoint, p, s } from '#app/index.ts'
import { byRelease } from '#lib/releases.ts'
import { deleteApp, setApp } from '#world/settings/config.ts'
import * as limits from '#world/sharing/download-limits.ts'

const path = '/apps/files_downloadlimit/api/v1/{token}/limit'
const common = '/apps/files_downloadlimit/api/v1/limit'
const failures = { 404: ['Unknown share', 'Invalid share type', 'Invalid file type'] } as const
const REASONS = { unknown: failures[404][0], 'no-link': failures[404][1], 'no-file': failures[404][2] } as const
const probe = { token: 'none' }
/** What refuses a limit of nothing; later releases end in an error (Nextcloud 33.0.0 and 34.0.1, asked). */
const REFUSES = byRelease(true, { 34: false })

export const getLimit = defineEndpoint({
  id: 'files_downloadlimit:GET /apps/files_downloadlimit/api/v{version}/{token}/limit',
  app: 'files_downloadlimit',
  method: 'GET',
  path,
  access: 'user',
  summary: 'How often the file of a link may be downloaded, and how often it was',
  output: s.object({ limit: s.nullable(s.int()), count: s.nullable(s.int()) }),
  failures,
  probe,
  handle: ({ input, me, world, ok, fail }) => {
    const share = limits.limitable(world, me, input.token)
    if (typeof share === 'string') return fail(404, REASONS[share])
    const known = limits.find(world, input.token)
    return ok({ limit: known?.limit ?? null, count: known?.count ?? null })
  },
})

export const setLimit = defineEndpoint({
  id: 'files_downloadlimit:PUT /apps/files_downloadlimit/api/v{version}/{token}/limit',
  app: 'files_downloadlimit',
  method: 'PUT',
  path,
  access: 'user',
  summary: 'Limit how often the file of a link may be downloaded; counting begins anew',
  input: { limit: p.limit() },
  output: s.empty(),
  failures: { ...failures, 400: 'Limit needs to be greater or equal than 1' },
  probe,
  handle: ({ input, me, world, ok, fail, crash }) => {
    const share = limits.limitable(world, me, input.token)
    if (typeof share === 'string') return fail(404, REASONS[share])
    if (input.limit < 1) return REFUSES.at(world.release) ? fail(400) : crash()
    limits.set(world, input.token, input.limit)
    return ok()
  },
})

export const removeLimit = defineEndpoint({
  id: 'files_downloadlimit:DELETE /apps/files_downloadlimit/api/v{version}/{token}/limit',
  app: 'files_downloadlimit',
  method: 'DELETE',
  path,
  access: 'user',
  summary: 'Let the file of a link be downloaded as often as anybody wants',
  output: s.empty(),
  failures,
  probe,
  handle: ({ input, me, world, ok, fail }) => {
    const share = limits.limitable(world, me, input.token)
    if (typeof share === 'string') return fail(404, REASONS[share])
    limits.remove(world, input.token)
    return ok()
  },
})

export const setDefault = defineEndpoint({
  id: 'files_downloadlimit:PUT /apps/files_downloadlimit/api/v{version}/limit',
  app: 'files_downloadlimit',
  method: 'PUT',
  path: common,
  access: 'admin',
  summary: 'The limit that clients propose for new links',
  input: { limit: p.limit() },
  output: s.empty(),
  handle: ({ input, world, ok, crash }) => {
    if (input.limit < 1) return crash()
    setApp(world, 'files_downloadlimit', 'default-download-limit', String(input.limit))
    return ok()
  },
})

export const removeDefault = defineEndpoint({
  id: 'files_downloadlimit:DELETE /apps/files_downloadlimit/api/v{version}/limit',
  app: 'files_downloadlimit',
  method: 'DELETE',
  path: common,
  access: 'admin',
  summary: 'Propose no limit for new links',
  output: s.empty(),
  handle: ({ world, ok }) => {
    deleteApp(world, 'files_downloadlimit', 'default-download-limit')
    return ok()
  },
})
