import { Window as HappyWindow } from 'happy-dom'
import { describe, expect, it } from 'vitest'
import { createOcsMock, defineApp, defineInitialState, definePage } from '#index.ts'
import { membersOf } from '#lib/json.ts'

type Realm = Window & typeof globalThis

/** A window of its own, as jsdom and happy-dom give to a test file. */
const openWindow = () => new HappyWindow({ url: 'http://localhost/' }) as unknown as Realm

const stateIn = (window: Realm, id: string): unknown => {
  const input = window.document.querySelector<HTMLInputElement>(`#initial-state-${id}`)
  return input === null ? undefined : JSON.parse(Buffer.from(input.value, 'base64').toString())
}

const variable = (window: Realm, name: string): unknown => (window as unknown as Record<string, unknown>)[name]

describe('a page', () => {
  it('says who is logged in, with the token that requests are sent with', async () => {
    const ocs = createOcsMock({
      seed: { users: [{ id: 'alice', displayName: 'Alice <A>', password: 'rather long 1' }] },
      signedInAs: 'alice',
    })
    const window = openWindow()
    const page = await ocs.page()
    page.mount(window)
    expect(window.document.head.dataset).toMatchObject({ user: 'alice', userDisplayname: 'Alice <A>' })
    expect(variable(window, '_oc_isadmin')).toBe(false)
    const token = window.document.head.dataset.requesttoken!
    const change = await ocs.fetch('http://localhost/ocs/v2.php/cloud/users/alice', {
      method: 'PUT',
      headers: { requesttoken: token, 'Content-Type': 'application/json' },
      body: JSON.stringify({ key: 'website', value: 'https://alice.example' }),
    })
    expect(change.status).toBe(200)
  })

  it('of nobody is that of the login: no account, no menus, but what everybody may know', async () => {
    const window = openWindow()
    const page = await createOcsMock().page()
    page.mount(window)
    expect(window.document.head.dataset.user).toBeUndefined()
    expect(window.document.head.dataset.requesttoken).toMatch(/^.+:.+$/)
    expect(window.document.body.id).toBe('body-login')
    expect(stateIn(window, 'core-apps')).toBeUndefined()
    expect(stateIn(window, 'theming-data')).toMatchObject({ name: 'Nextcloud', enabledThemes: [] })
    expect(variable(window, 'nc_lastLogin')).toBe(0)
    expect(stateIn(window, 'core-loginTimeout')).toBe(300)
    expect(stateIn(window, 'core-loginCanResetPassword')).toBe(true)
    expect(stateIn(window, 'core-capabilities')).toHaveProperty('files_sharing.api_enabled', true)
  })

  it('of the login follows what the administrator lets people do there', async () => {
    const system = { lost_password_link: 'disabled', hide_login_form: true, remember_login_cookie_lifetime: 0 }
    const ocs = createOcsMock({ seed: { config: { system } } })
    expect((await ocs.page()).description.initialStates).toMatchObject({
      'core-loginCanResetPassword': false,
      'core-hideLoginForm': true,
      'core-loginCanRememberme': false,
    })
    ocs.signIn('admin')
    expect((await ocs.page()).description.initialStates).not.toHaveProperty('core-hideLoginForm')
  })

  it('has the capabilities that the API tells, without those that pages leave out', async () => {
    const ocs = createOcsMock({ signedInAs: 'admin' })
    const answer = await ocs.fetch('http://localhost/ocs/v2.php/cloud/capabilities?format=json')
    const { data } = ((await answer.json()) as { ocs: { data: { capabilities: Record<string, object> } } }).ocs
    const { initialStates } = (await ocs.page()).description
    const onPage = initialStates['core-capabilities'] as Record<string, object>
    expect(onPage.files_sharing).toEqual(data.capabilities.files_sharing)
    expect(Object.keys(data.capabilities)).toEqual(expect.arrayContaining(['bruteforce', 'ocm']))
    expect(Object.keys(onPage)).not.toEqual(expect.arrayContaining(['bruteforce']))
    expect(onPage).not.toHaveProperty('ocm')
    expect(onPage.files).not.toHaveProperty('directEditing')
  })

  it('follows the world: settings, apps that are off, what an account chose', async () => {
    const ocs = createOcsMock({
      seed: {
        users: [{ id: 'bob', language: 'de', firstDayOfWeek: 3 }],
        config: {
          system: { 'sharing.minSearchStringLength': 4 },
          apps: { core: { shareapi_default_expire_date: 'yes' } },
        },
      },
      signedInAs: 'bob',
    })
    await ocs.occ('app:disable comments')
    const { variables, initialStates, language } = (await ocs.page({ app: 'files' })).description
    expect(language).toBe('de')
    expect(variables).toMatchObject({ firstDay: 3, dayNames: expect.arrayContaining(['Mittwoch']) })
    expect(variables._oc_config).toMatchObject({ 'sharing.minSearchStringLength': 4 })
    expect(membersOf(membersOf(variables.oc_appconfig as never).core)).toMatchObject({
      defaultExpireDateEnabled: true,
      defaultExpireDate: 7,
    })
    expect(variables._oc_appswebroots).not.toHaveProperty('comments')
    expect(Object.keys(initialStates).filter((name) => name.startsWith('comments-'))).toEqual([])
  })

  it('of files has what the list of files begins with; another page has not', async () => {
    const ocs = createOcsMock({ signedInAs: 'admin' })
    const files = await ocs.page({ app: 'files' })
    expect(files.description.initialStates).toMatchObject({
      'files-config': { show_hidden: false },
      'files-storageStats': { owner: 'admin' },
      'core-active-app': 'files',
      'core-reference-provider-list': expect.arrayContaining([
        { id: 'files', title: 'Files', icon_url: '/apps/files/img/folder.svg', order: 0 },
      ]),
    })
    const dashboard = await ocs.page({ app: 'dashboard' })
    expect(dashboard.description.initialStates).not.toHaveProperty('files-config')
    expect(dashboard.description.initialStates).toHaveProperty('dashboard-panels.activity.title', 'Recent activity')
  })

  it('is opened without a trace in the world', async () => {
    const ocs = createOcsMock({ signedInAs: 'admin' })
    const before = JSON.stringify(ocs.world.dump())
    await ocs.page({ app: 'files' })
    expect(JSON.stringify(ocs.world.dump())).toBe(before)
  })

  it('is taken away as if it had never been there', async () => {
    const window = openWindow()
    window.document.documentElement.className = 'dark'
    window.document.head.setAttribute('data-user', 'somebody else')
    const before = window.document.documentElement.outerHTML
    const page = await createOcsMock({ signedInAs: 'admin' }).page({ app: 'files' })
    const unmount = page.mount(window)
    expect(window.document.documentElement.outerHTML).not.toBe(before)
    expect(variable(window, 'OC')).toBeDefined()
    expect(window.document.documentElement.className).toBe('dark ng-csp')
    unmount()
    expect(window.document.documentElement.outerHTML).toBe(before)
    expect(['OC', 'OCA', 'OCP', '_oc_webroot', '_oc_config'].filter((name) => name in window)).toEqual([])
  })

  it('has an OC that builds addresses as the real one', async () => {
    const window = openWindow()
    const page = await createOcsMock({ signedInAs: 'admin', baseUrl: 'http://localhost/nextcloud' }).page()
    page.mount(window)
    const oc = variable(window, 'OC') as Record<string, (...args: unknown[]) => unknown>
    expect(oc.generateUrl!('/apps/files/{id}', { id: 'a b' })).toBe('/nextcloud/index.php/apps/files/a%20b')
    expect(oc.imagePath!('files', 'app')).toBe('/nextcloud/apps/files/img/app.svg')
    expect(oc.linkToOCS!('cloud', 2)).toBe('http://localhost/nextcloud/ocs/v2.php/cloud/')
    expect(oc.isUserAdmin!()).toBe(true)
    const ocp = variable(window, 'OCP') as { InitialState: { loadState(app: string, key: string): unknown } }
    expect(ocp.InitialState.loadState('theming', 'data')).toMatchObject({ name: 'Nextcloud' })
  })

  it('says what to do where there is no document', async () => {
    const page = await createOcsMock().page()
    expect(() => page.mount()).toThrow('there is no document. Run the test in jsdom or happy-dom')
  })
})

describe('the page of an app of one’s own', () => {
  const states = defineInitialState({
    pages: ['hello'],
    provide: ({ actor }) => ({ greeting: `Hello, ${actor.userId}` }),
  })
  const script = 'http://localhost:5173/src/main.js'
  const hello = defineApp('hello', { routes: definePage('hello', { script, title: 'Hello' }), initialStates: [states] })
  const at = 'http://localhost/index.php/apps/hello/'

  it('is answered with its initial states and loads its script, at addresses below it too', async () => {
    const ocs = createOcsMock({ apps: [hello], signedInAs: 'admin' })
    for (const address of [at, at.slice(0, -1), `${at}people/1`]) {
      const answer = await ocs.fetch(address)
      const html = await answer.text()
      expect(answer.status).toBe(200)
      expect(html).toContain(`<script type="module" src="${script}"></script>`)
      expect(html).toContain('<head data-user="admin" data-user-displayname="admin" data-requesttoken="')
      expect(html).toContain(Buffer.from('"Hello, admin"').toString('base64'))
    }
  })

  it('sends who is not logged in to the login', async () => {
    const answer = await createOcsMock({ apps: [hello] }).fetch(at, { headers: { Accept: 'text/html' } })
    expect(answer.status).toBe(303)
    expect(answer.headers.get('location')).toContain('/index.php/login?redirect_url=')
  })

  it('is made by an option too, with an app that is nothing else', async () => {
    const ocs = createOcsMock({ pages: { tiny: { script, public: true } } })
    const answer = await ocs.fetch('http://localhost/index.php/apps/tiny/')
    expect(await answer.text()).toContain(script)
  })

  it('leaves the app’s own addresses alone', async () => {
    const [own] = definePage('hello', { body: 'mine', public: true })
    const app = defineApp('hello', { routes: [{ ...own!, id: 'hello-own', path: '/index.php/apps/hello/data' }] })
    const ocs = createOcsMock({ apps: [app], pages: { hello: { script, public: true } } })
    expect(await (await ocs.fetch(`${at}data`)).text()).toContain('mine')
    expect(await (await ocs.fetch(`${at}other`)).text()).toContain(script)
  })
})
