import { defineRoute, type RouteArguments } from '#app/index.ts'
import { PRODUCTS } from '#lib/releases.ts'
import { answerPageNotBuilt } from '#line/answer.ts'

/** The servers of calendars and contacts by themselves, for clients older than the one of everything. */
function older(service: string, path: string) {
  const id = `dav-older-${service}${path === '' ? '-top' : ''}`
  return defineRoute({
    id,
    products: PRODUCTS,
    app: 'dav',
    methods: ['*'],
    path: `/remote.php/${service}${path}`,
    identify: false,
    summary: 'Calendars and contacts at an address that older clients know: not built, and said so',
    handle: ({ call: { method, path: asked }, profile }: RouteArguments) =>
      answerPageNotBuilt({ id, app: 'dav', method, path: asked }, profile),
  })
}

export const calendarsOnly = older('caldav', '/{path:.*}')
export const calendarsOnlyTop = older('caldav', '')
export const contactsOnly = older('carddav', '/{path:.*}')
export const contactsOnlyTop = older('carddav', '')
