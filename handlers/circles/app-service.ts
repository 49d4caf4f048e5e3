import { defineRoute } from '#app/index.ts'
import { queryOf } from '#lib/query.ts'
import { errorPage } from '#line/answer.ts'
import { bare, jsonAnswer, webRootOf } from '#line/call.ts'

const JSON_TYPES = ['application/json', 'application/ld+json', 'application/activity+json']

/**
 * Who this server is among teams. It is told as JSON alone, and only once its address is configured, which that of a
 * fresh installation is not: the answer breaks then (Nextcloud 34.0.1, asked).
 */
export const appService = defineRoute({
  id: 'circles:GET /index.php/apps/circles/',
  app: 'circles',
  methods: ['GET'],
  path: '/index.php/apps/circles/',
  identify: true,
  summary: 'How a server signs what it asks of teams',
  handle: ({ call, actor }) => {
    const accepted = call
      .header('accept')
      .split(',')
      .map((part) => part.split(';')[0]!.trim().toLowerCase())
    if (JSON_TYPES.some((type) => accepted.includes(type)))
      return { ...bare(500), speaker: 'script', body: errorPage('Internal Server Error') }
    if (actor.userId !== null) return jsonAnswer(200, [])
    if (!/html/i.test(call.header('accept'))) return jsonAnswer(401, { message: 'Current user is not logged in' })
    const root = webRootOf(call)
    return bare(303, [['Location', `${root}/index.php/login?${queryOf({ redirect_url: root + call.path })}`]])
  },
})
