// @vitest-environment happy-dom
import { setupServer } from 'msw/node'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { createOcsMock } from '../../src/index.ts'

/** What Nextcloud's own libraries find on a page that the fake mounted: not one mock is written here. */
const ocs = createOcsMock({
  seed: {
    users: [{ id: 'alice', displayName: 'Alice Adams', password: 'correct horse' }],
    statuses: [{ user: 'alice', status: 'online', message: 'Writing tests', icon: '✍️' }],
  },
})
const server = setupServer(...ocs.handlers)
let unmount = () => {}

/** The packages are not there before the first run, so nothing is known of their types. */
const load = async <Module>(name: string) => (await import(/* @vite-ignore */ name)) as Module

beforeAll(() => server.listen({ onUnhandledRequest: 'error' }))
beforeEach(async () => {
  ocs.reset()
  vi.resetModules()
  ocs.signIn('alice')
  const page = await ocs.page({ app: 'files' })
  unmount = page.mount()
})
afterEach(() => unmount())
afterAll(() => server.close())

it('@nextcloud/auth knows who is logged in, and the token of the page', async () => {
  const auth = await load<{ getCurrentUser(): unknown; getRequestToken(): string }>('@nextcloud/auth')
  expect(auth.getCurrentUser()).toEqual({ uid: 'alice', displayName: 'Alice Adams', isAdmin: false })
  expect(auth.getRequestToken()).toBe(document.head.dataset.requesttoken)
  expect(auth.getRequestToken()).toMatch(/.:./)
})

it('@nextcloud/initial-state and @nextcloud/capabilities find what apps provide', async () => {
  const { loadState } = await load<{ loadState(app: string, key: string): unknown }>('@nextcloud/initial-state')
  expect(loadState('files', 'config')).toMatchObject({ show_hidden: false, sort_favorites_first: true })
  expect(loadState('user_status', 'status')).toMatchObject({
    userId: 'alice',
    message: 'Writing tests',
    status: 'online',
  })
  expect(() => loadState('files', 'nonsense')).toThrow()
  const { getCapabilities } = await load<{ getCapabilities(): object }>('@nextcloud/capabilities')
  expect(getCapabilities()).toMatchObject({ files_sharing: { api_enabled: true }, core: { pollinterval: 60 } })
})

it('@nextcloud/router and @nextcloud/l10n build addresses and texts for it', async () => {
  const router = await load<{ generateUrl(path: string): string; imagePath(app: string, file: string): string }>(
    '@nextcloud/router',
  )
  expect(router.generateUrl('/apps/files')).toBe('/index.php/apps/files')
  expect(router.imagePath('files', 'app.svg')).toBe('/apps/files/img/app.svg')
  const l10n = await load<{ getLanguage(): string; getFirstDay(): number; getDayNames(): string[] }>('@nextcloud/l10n')
  expect(l10n.getLanguage()).toBe('en')
  expect([l10n.getFirstDay(), l10n.getDayNames()[1]]).toEqual([0, 'Monday'])
})

it('NcAvatar of @nextcloud/vue shows the status that the account has in the world', async () => {
  const { createApp, h } = await load<{
    createApp(root: object): { mount(at: Element): void; unmount(): void }
    h(component: unknown, props: object): unknown
  }>('vue')
  const { default: NcAvatar } = await load<{ default: unknown }>('@nextcloud/vue/components/NcAvatar')
  const place = document.createElement('div')
  document.body.append(place)
  const app = createApp({
    render: () => h(NcAvatar, { user: 'alice', displayName: 'Alice Adams', verboseStatus: true }),
  })
  app.mount(place)
  await vi.waitFor(() => expect(place.innerHTML).toContain('--user-status-color-online'))
  app.unmount()
  place.remove()
  const asked = ocs.journal.entries.map(({ path }) => path)
  expect(asked).toContain('/ocs/v2.php/apps/user_status/api/v1/statuses/alice')
})
