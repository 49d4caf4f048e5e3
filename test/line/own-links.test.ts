/** Addresses that answers name are answered themselves: none of them leads nowhere. */
import { directly, expect, it } from '../support/ways.ts'

const SEED = {
  users: [{ id: 'alice', password: 'alice', email: 'alice@example.com' }],
  files: { alice: { '/report.md': '# report' } },
  notifications: [{ user: 'alice', subject: 'Look' }],
}
const ANSWERS = [
  '/cloud/capabilities',
  '/core/navigation/apps',
  '/core/navigation/settings',
  '/apps/notifications/api/v2/notifications',
  '/apps/activity/api/v2/activity?previews=true',
  '/apps/dashboard/api/v1/widgets',
  '/apps/dashboard/api/v2/widget-items',
  '/search/providers',
  '/search/providers/files/search?term=report',
  '/search/providers/settings/search?term=a',
  '/apps/recommendations/api/v1/recommendations',
  '/hovercard/v1/alice',
]

/** The beginning of addresses that other servers know: nothing is there itself (Nextcloud 34.0.1, asked). */
const OTHERS_BEGIN_WITH = '/index.php/ocm'

directly('an address', SEED, (way) => {
  const headers = { Authorization: `Basic ${btoa('alice:alice')}`, Accept: 'text/html,*/*' }
  const textsIn = (value: unknown): string[] => {
    if (typeof value === 'string') return [value]
    return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
  }

  it.each(ANSWERS)('that %s names is answered', async (path) => {
    const { data } = await way.ask('GET', path, { as: 'alice:alice' })
    const isOwn = (text: string) => text.startsWith(`${way.base()}/`) || /^\/(?:index\.php|apps|core)\//.test(text)
    const own = textsIn(data).filter((text) => isOwn(text) && !text.endsWith(OTHERS_BEGIN_WITH))
    const lost: string[] = []
    for (const address of new Set(own)) {
      const { status } = await way.fetch(address.replace(way.base(), ''), { headers, redirect: 'manual' })
      if (status === 404) lost.push(address)
    }
    expect(lost).toEqual([])
  })
})
