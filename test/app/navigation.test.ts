import { describe, expect, it } from 'vitest'
import { createOcsMock, defineApp, defineNavigation } from '#index.ts'
import { getUser } from '#world/settings/config.ts'
import { ask } from '../support/ask.ts'

const zoo = defineApp('zoo', {
  navigation: [
    defineNavigation(({ world, me }) => [
      { id: 'den', name: getUser(world, me, 'zoo', 'den', 'Den'), href: '/index.php/apps/zoo/den', order: '101' },
    ]),
    defineNavigation([
      { id: 'zoo', name: 'Zoo', href: '/index.php/apps/zoo/' },
      { id: 'feed', name: 'Feeding', href: 'https://zoo.example/feed', type: 'settings', order: 4, icon: '/feed.svg' },
    ]),
  ],
})

describe("what an app of one's own puts into the menus", () => {
  const ocs = createOcsMock({ apps: [zoo] })
  const ids = async (menu: string) =>
    ((await ask(ocs, 'GET', `/core/navigation/${menu}`)).data as { id: string }[]).map(({ id }) => id)

  it('stands at its place, late where it names none', async () => {
    const menu = await ids('apps')
    expect(menu.slice(0, 4)).toEqual(['dashboard', 'files', 'photos', 'activity'])
    expect(menu.slice(4, 6).sort()).toEqual(['office', 'zoo'])
    expect(menu.slice(6)).toEqual(['den'])
    expect(await ids('settings')).toContain('feed')
  })

  it('has its members as they are written, then what was left out', async () => {
    const menu = (await ask(ocs, 'GET', '/core/navigation/apps')).data as { id: string }[]
    const rest = { active: false, unread: 0, icon: '', classes: '', type: 'link', app: 'zoo' }
    expect(JSON.stringify(menu.find(({ id }) => id === 'zoo'))).toBe(
      JSON.stringify({ id: 'zoo', name: 'Zoo', href: '/index.php/apps/zoo/', ...rest, order: 100, default: false }),
    )
    expect(JSON.stringify(menu.find(({ id }) => id === 'den'))).toBe(
      JSON.stringify({ id: 'den', name: 'Den', href: '/index.php/apps/zoo/den', order: 101, ...rest, default: false }),
    )
    const settings = (await ask(ocs, 'GET', '/core/navigation/settings?absolute=true')).data as { id: string }[]
    expect(settings.find(({ id }) => id === 'feed')).toEqual({
      ...{ id: 'feed', name: 'Feeding', href: 'https://zoo.example/feed', type: 'settings', order: 4 },
      ...{ icon: 'https://cloud.example.com/feed.svg', active: false, unread: 0, classes: '' },
    })
  })

  it('goes with its app', async () => {
    ocs.reset({ apps: { disabled: ['zoo'] } })
    expect(await ids('apps')).toEqual(['dashboard', 'files', 'photos', 'activity', 'office'])
    ocs.reset()
  })
})
