// @vitest-environment happy-dom
// @vitest-environment-options { "settings": { "fetch": { "disableSameOriginPolicy": true } } }
import { setupServer } from 'msw/node'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Pages, pagesOf } from './support/pages.ts'
import { GOOD, SERVERS, useServer } from './support/servers.ts'

/* The libraries with which Nextcloud's own pages talk to the server, on a page whose requests MSW intercepts. */

interface Answer<Data> {
  readonly data: { readonly ocs: { readonly data: Data } }
}
interface Axios {
  get<Data>(url: string, config?: object): Promise<Answer<Data>>
  post<Data>(url: string, body: object, config?: object): Promise<Answer<Data>>
  request(config: object): Promise<{ readonly status: number }>
}
/** The packages are not there before the first run, so nothing is known of their types. */
const load = async <Module>(name: string) => (await import(/* @vite-ignore */ name)) as Module
const API = '/ocs/v2.php'

// Dialogs keep the focus to themselves; without a layout there is nothing that could have it.
vi.mock('focus-trap', () => {
  const nothing = () => {}
  return { createFocusTrap: () => ({ activate: nothing, deactivate: nothing, pause: nothing, unpause: nothing }) }
})

const pathOf = (name: string) => `${API}/${name}`

interface Confirmation {
  confirmPassword(): Promise<void>
  isPasswordConfirmationRequired(mode: string): boolean
}

describe.each(SERVERS)('the libraries of pages of $name', (choice) => {
  const server = useServer(choice)
  const intercepting = setupServer()
  let pages: Pages

  beforeAll(() => {
    pages = pagesOf(server)
    intercepting.listen({ onUnhandledRequest: 'error' })
  })
  afterAll(() => intercepting.close())
  beforeEach(() => {
    intercepting.resetHandlers(...pages.handlers)
    vi.resetModules()
    // What a page once said is kept there.
    Object.assign(window, { _oc_webroot: '', _nc_initial_state: undefined })
    document.head.innerHTML = ''
    document.body.innerHTML = ''
  })

  it('@nextcloud/sharing names the kinds of shares, and knows the page of a link', async () => {
    await pages.signIn('alice')
    const { default: axios } = await load<{ default: Axios }>('@nextcloud/axios')
    const { ShareType } = await load<{ ShareType: Record<string, number> }>('@nextcloud/sharing')
    await axios.request({ method: 'MKCOL', url: '/remote.php/dav/files/alice/docs' })
    const share = (shareType: number, shareWith?: string) =>
      axios.post<{ token: string | null; share_type: number }>(pathOf('apps/files_sharing/api/v1/shares'), {
        path: '/docs',
        shareType,
        ...(shareWith ? { shareWith } : {}),
      })
    const link = (await share(ShareType.Link!)).data.ocs.data
    const user = (await share(ShareType.User!, 'admin')).data.ocs.data
    expect([link.share_type, user.share_type, user.token]).toEqual([ShareType.Link, ShareType.User, null])

    const sharing = await load<{ isPublicShare(): boolean; getSharingToken(): string | null }>(
      '@nextcloud/sharing/public',
    )
    expect([sharing.isPublicShare(), sharing.getSharingToken()]).toEqual([false, null])
    pages.signOut()
    document.body.innerHTML = await pages.visit(`/index.php/s/${link.token}`)
    expect([sharing.isPublicShare(), sharing.getSharingToken()]).toEqual([true, link.token])
  })

  if (choice.isThorough) {
    it('@nextcloud/axios fetches the request token that it lacks, and asks as whoever is signed in', async () => {
      await pages.signIn('alice')
      const { default: axios } = await load<{ default: Axios }>('@nextcloud/axios')
      const { data } = await axios.get<{ id: string }>(pathOf('cloud/user'))
      expect(data.ocs.data.id).toBe('alice')
      await expect(axios.post(pathOf('cloud/groups'), { groupid: 'staff' })).rejects.toMatchObject({
        response: { status: 403 },
      })
    })

    it('@nextcloud/capabilities reads from a page what the server can do', async () => {
      await pages.signIn('alice')
      const { default: axios } = await load<{ default: Axios }>('@nextcloud/axios')
      const answer = await axios.get<{ capabilities: Record<string, object> }>(pathOf('cloud/capabilities'))
      const { capabilities } = answer.data.ocs.data
      const state = document.createElement('input')
      state.id = 'initial-state-core-capabilities'
      state.value = btoa(String.fromCharCode(...new TextEncoder().encode(JSON.stringify(capabilities))))
      document.body.append(state)
      const { getCapabilities } = await load<{ getCapabilities(): object }>('@nextcloud/capabilities')
      expect(getCapabilities()).toMatchObject({ files_sharing: { api_enabled: true }, theming: { name: 'Nextcloud' } })
      expect(getCapabilities()).toEqual(capabilities)
    })

    it('@nextcloud/password-confirmation asks for the password, and goes on once it is right', async () => {
      await pages.signIn('admin')
      const { ocs } = server
      const now = () => Math.floor((ocs?.world.clock.now() ?? Date.now()) / 1000)
      Object.assign(window, {
        _oc_config: { version: `${server.version}.0` },
        backendAllowsPasswordConfirmation: true,
        nc_pageLoad: now(),
        nc_lastLogin: now(),
      })
      const { default: axios } = await load<{ default: Axios }>('@nextcloud/axios')
      const { confirmPassword, isPasswordConfirmationRequired } = await load<Confirmation>(
        '@nextcloud/password-confirmation',
      )
      const addUser = () => axios.post(pathOf('cloud/users'), { userid: 'dora', password: GOOD })
      Object.assign(window, { nc_lastLogin: now() - 7200 })
      if (ocs) {
        // An hour goes by, which a real server's clock does not do for a test: that the password was right is forgotten.
        ocs.world.clock.advance('1h')
        await expect(addUser()).rejects.toMatchObject({ response: { status: 403 } })
      }
      expect(isPasswordConfirmationRequired('lax')).toBe(true)

      let confirmed = confirmPassword()
      await enter('wrong')
      if (choice.release < 32) {
        await vi.waitFor(() => expect(document.body.textContent).toContain('Wrong password'))
      } else {
        // It looks for a header that not even 34.0.1 sends, so that a wrong password closes the dialog there too.
        await expect(confirmed).rejects.toThrow('Dialog closed')
        confirmed = confirmPassword()
      }
      await enter('admin')
      await confirmed
      await expect(addUser()).resolves.toBeTruthy()
      expect(isPasswordConfirmationRequired('lax')).toBe(false)
    })
  }
})

/** Fill in the dialog and send it. */
async function enter(password: string): Promise<void> {
  const field = await vi.waitFor(() => {
    const found = document.querySelector<HTMLInputElement>('input[type="password"]')
    if (!found) throw new Error('There is no dialog.')
    return found
  })
  field.value = password
  field.dispatchEvent(new Event('input'))
  field.closest('form')!.querySelector<HTMLButtonElement>('button[type="submit"]')!.click()
}
