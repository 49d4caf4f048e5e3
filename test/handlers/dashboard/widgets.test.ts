import { fileIcon } from '#app/index.ts'
import type { PhpArray } from '#lib/php.ts'
import * as statuses from '#world/accounts/statuses.ts'
import * as files from '#world/files/files.ts'
import { setFavorite } from '#world/files/tags.ts'
import * as activities from '#world/notices/activities.ts'
import * as apps from '#world/settings/apps.ts'
import { setApp, setUser } from '#world/settings/config.ts'
import { directly, expect, it } from '../../support/ways.ts'

const BASE = '/apps/dashboard/api'
const ALICE = { as: 'alice:alice' }
const SEED = {
  users: [
    { id: 'alice', password: 'alice' },
    { id: 'bob', password: 'bob', displayName: 'Bob' },
  ],
  clock: { now: '2026-06-01T12:00:00Z', frozen: true },
  files: { alice: { '/a.txt': 'a', '/b/': '' } },
} as const

const EMPTY = (emptyContentMessage: string) => ({ items: [], emptyContentMessage, halfEmptyContentMessage: '' })
const FILLED = (items: PhpArray[]) => ({ items, emptyContentMessage: '', halfEmptyContentMessage: '' })

directly('widgets of the dashboard', SEED, (way) => {
  const node = (path: string) => files.resolve(way.ocs.world, 'alice', path)!.node
  const items = (version: 1 | 2, query: string) => way.ask('GET', `${BASE}/v${version}/widget-items?${query}`, ALICE)
  const item = (title: string, link: string, iconUrl: string, more: Record<string, string>): PhpArray => ({
    subtitle: '',
    title,
    link: way.base() + link,
    iconUrl: way.base() + iconUrl,
    overlayIconUrl: '',
    sinceId: '',
    ...more,
  })

  way.inEveryWay('are those of the enabled apps, with what each can do', async () => {
    apps.disable(way.ocs.world, 'activity')
    apps.disable(way.ocs.world, 'recommendations')
    setApp(way.ocs.world, 'core', 'shareapi_restrict_user_enumeration_to_group', 'yes')
    const answer = await way.ask('GET', `${BASE}/v1/widgets`, ALICE)
    const favorites = `${way.base()}/index.php/apps/files/favorites`
    answer.expectData({
      'files-favorites': {
        id: 'files-favorites',
        title: 'Favorite files',
        order: 0,
        icon_class: 'icon-starred-dark',
        icon_url: `${way.base()}/core/img/actions/star-dark.svg`,
        widget_url: favorites,
        item_icons_round: false,
        item_api_versions: [2],
        reload_interval: 0,
        buttons: [{ type: 'more', text: 'More favorites', link: favorites }],
      },
      'photos-onthisday': {
        id: 'photos-onthisday',
        title: 'On This Day',
        order: 20,
        icon_class: 'icon-calendar-dark',
        icon_url: `${way.base()}/core/img/places/calendar.svg`,
        widget_url: `${way.base()}/index.php/apps/photos/thisday`,
        item_icons_round: false,
        item_api_versions: [],
        reload_interval: 0,
      },
    })
  })

  way.inEveryWay('show the items of the layout unless others are asked for', async () => {
    setUser(way.ocs.world, 'alice', 'dashboard', 'layout', 'user_status,mail')
    ;(await items(1, '')).expectData({ user_status: [] })
    // Of what was changed in the same second, the file that was there first.
    ;(await items(1, 'widgets[]=recommendations&limit=1')).expectData({
      recommendations: [
        item(
          'welcome.txt',
          `/index.php/f/${node('/welcome.txt').id}`,
          `/index.php/core/preview?x=256&y=256&fileId=${node('/welcome.txt').id}&c=${node('/welcome.txt').etag}`,
          { sinceId: String(node('/welcome.txt').mtime) },
        ),
      ],
    })
    ;(await items(2, 'widgets[]=recommendations')).expectData([])
  })

  it('say in version 2 where there is nothing to show', async () => {
    const ids = ['activity', 'files-favorites', 'user_status', 'photos-onthisday', 'nosuch']
    ;(await items(2, ids.map((id) => `widgets[]=${id}`).join('&'))).expectData({
      activity: EMPTY('No activities'),
      'files-favorites': EMPTY('No favorites'),
      user_status: EMPTY('No recent status changes'),
    })
  })

  it('show favorites by id, with a picture of a folder', async () => {
    const { world } = way.ocs
    const [a, b] = [node('/a.txt'), node('/b')]
    for (const { id } of [b, a]) setFavorite(world, 'alice', id, true)
    const preview = `/index.php/core/preview?x=256&y=256&fileId=${a.id}&c=${a.etag}&mimeFallback=1`
    const folder = await fileIcon(b.mime, {
      world,
      catalogue: way.ocs.instance,
      me: 'alice',
    })
    expect(folder).toMatch(/^\/index.php\/apps\/theming\/img\/core\/filetypes\/folder.svg\?v=[0-9a-f]{8}$/)
    const first = item('a.txt', `/index.php/f/${a.id}`, preview, { sinceId: '0' })
    const second = item('b', `/index.php/f/${b.id}`, folder, { sinceId: '0' })
    ;(await items(2, 'widgets[]=files-favorites')).expectData({ 'files-favorites': FILLED([first, second]) })
    ;(await items(2, 'widgets[]=files-favorites&limit=1')).expectData({ 'files-favorites': FILLED([first]) })
  })

  it('show what others said of themselves, and only news where it was seen up to somewhere', async () => {
    const { world } = way.ocs
    statuses.setType(world, 'bob', 'dnd')
    statuses.setMessage(world, 'bob', { messageId: null, message: 'Lunch', icon: '☕', clearAt: null })
    const sinceId = String(world.clock.seconds())
    const bob = item('Bob', '/index.php/u/bob', '/index.php/avatar/bob/44', {
      subtitle: '☕ Lunch, seconds ago',
      sinceId,
    })
    ;(await items(1, 'widgets[]=user_status')).expectData({ user_status: [bob] })
    ;(await items(2, 'widgets[]=user_status')).expectData({ user_status: FILLED([bob]) })
    ;(await items(1, `widgets[]=user_status&sinceIds[user_status]=${sinceId}`)).expectData({ user_status: [] })
  })

  it('show what others did, and fail on an activity that is not the caller’s', async () => {
    const form = { path: '/welcome.txt', shareType: '0', shareWith: 'alice' }
    await way.ask('POST', '/apps/files_sharing/api/v1/shares', { as: 'bob:bob', form })
    const sinceId = String(activities.ofUser(way.ocs.world, 'alice', 'desc')[0]!.id)
    const told = (icon: string) =>
      item('@Bob shared welcome.txt with you', '/index.php/apps/files/?dir=/', icon, {
        subtitle: 'seconds ago',
        sinceId,
      })
    const icon = '/core/img/actions/share.svg'
    ;(await items(1, 'widgets[]=activity')).expectData({ activity: [told(icon)] })
    const second = { ...told('/index.php/avatar/bob/512'), overlayIconUrl: way.base() + icon }
    ;(await items(2, 'widgets[]=activity')).expectData({ activity: FILLED([second]) })
    ;(await items(1, `widgets[]=activity&sinceIds[activity]=${sinceId}`)).expectData({ activity: [] })
    expect((await items(1, 'widgets[]=activity&sinceIds[activity]=1')).code).toBe(996)
  })

  it('refuse limits outside of 1 to 30, and lists that are none', async () => {
    for (const limit of ['0', '31', 'x']) {
      expect((await way.ask('GET', `${BASE}/v1/widget-items?limit=${limit}`, ALICE)).code).toBe(996)
    }
    expect((await way.ask('GET', `${BASE}/v2/widget-items?widgets=activity`, ALICE)).status).toBe(400)
    expect(
      (await way.ask('GET', `${BASE}/v2/widget-items?widgets[]=user_status&sinceIds[user_status][]=1`, ALICE)).code,
    ).toBe(996)
  })

  it('need a login', async () => {
    for (const path of ['/v1/widgets', '/v1/widget-items', '/v2/widget-items', '/v3/layout', '/v3/statuses']) {
      expect((await way.ask('GET', BASE + path)).code).toBe(997)
    }
  })
})
