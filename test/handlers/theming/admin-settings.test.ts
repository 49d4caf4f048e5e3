import { Browser } from '../../support/browser.ts'
import { directly, expect, it } from '../../support/ways.ts'

const SEED = {
  users: [
    { id: 'alice', password: 'secret' },
    { id: 'gone', password: 'secret', enabled: false },
  ],
}
const PNG = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0])
const basic = (credentials: string) => ({ Authorization: `Basic ${btoa(credentials)}` })

directly('the theme in the administration', SEED, (way) => {
  const get = (path: string, headers: Record<string, string> = {}) =>
    way.fetch(`/index.php/apps/theming${path}`, { headers })
  const send = async (path: string, form: Record<string, string | Blob>, as = 'admin:admin') => {
    const body = new FormData()
    for (const [name, value] of Object.entries(form)) body.append(name, value)
    const headers = { ...basic(as), 'OCS-APIRequest': 'true' }
    const answer = await way.fetch(`/index.php/apps/theming/ajax/${path}`, { method: 'POST', headers, body })
    return { status: answer.status, body: await answer.json() }
  }
  const upload = (key: string, bytes: string | Uint8Array, as?: string) =>
    send('uploadImage', { key, image: new File([bytes as BlobPart], 'mine.png', { type: 'image/png' }) }, as)

  it('takes images, which everybody then gets as they were sent', async () => {
    for (const key of ['logo', 'background', 'logoheader']) {
      const { status, body } = await upload(key, PNG)
      expect([status, body.data.message, body.data.name]).toEqual([200, 'Saved', 'mine.png'])
      expect(body.data.url).toMatch(new RegExp(`/index.php/apps/theming/image/${key}\\?v=\\d+$`))
      const shown = await get(`/image/${key}`)
      expect([shown.headers.get('Content-Type'), shown.headers.get('Content-Disposition')]).toEqual([
        'image/png',
        `attachment; filename="${key}"`,
      ])
      expect(new Uint8Array(await shown.arrayBuffer())).toEqual(PNG)
    }
  })

  it('shows the small icon that was uploaded', async () => {
    await upload('favicon', PNG)
    const icon = await get('/favicon/dashboard')
    expect([icon.headers.get('Content-Type'), (await icon.arrayBuffer()).byteLength]).toEqual([
      'image/x-icon',
      PNG.length,
    ])
    expect((await get('/icon')).headers.get('Content-Type')).toBe('image/png')
  })

  it('looks at what is in a file, not at what it is said to be', async () => {
    expect(await upload('logo', 'just words')).toEqual({
      status: 422,
      body: { data: { message: 'Unsupported image type: text/plain' }, status: 'failure' },
    })
    const drawn = '<svg xmlns="http://www.w3.org/2000/svg"/>'
    expect((await upload('logo', drawn)).status).toBe(200)
    expect((await get('/image/logo')).headers.get('Content-Type')).toBe('image/svg+xml')
  })

  it('says which images there are, and misses one', async () => {
    expect((await upload('banner', PNG)).body).toEqual({ data: { message: 'Invalid key' }, status: 'failure' })
    expect(await send('uploadImage', { key: 'logo' })).toEqual({
      status: 422,
      body: { data: { message: 'No file uploaded' }, status: 'failure' },
    })
  })

  it.each([
    ['name', 'a'.repeat(251), 'The given name is too long'],
    ['url', 'nowhere', 'The given web address is not a valid URL'],
    ['legalNoticeUrl', 'nowhere', 'The given legal notice address is not a valid URL'],
    ['primary_color', 'red', 'The given color is invalid'],
    ['disable-user-theming', 'maybe', 'disable-user-theming should be true or false'],
    ['font', 'mine', 'Invalid setting key'],
  ])('refuses a bad %s', async (setting, value, message) => {
    expect(await send('updateStylesheet', { setting, value })).toEqual({
      status: 400,
      body: { data: { message }, status: 'error' },
    })
  })

  it('changes what the server says of itself, and takes it back', async () => {
    const name = async () => {
      const { data } = await way.ask('GET', '/cloud/capabilities')
      return (data as { capabilities: { theming: { name: string } } }).capabilities.theming.name
    }
    const saved = { data: { message: 'Saved' }, status: 'success' }
    expect((await send('updateStylesheet', { setting: 'name', value: 'Rowing club' })).body).toEqual(saved)
    expect(await name()).toBe('Rowing club')
    const undone = await send('undoChanges', { setting: 'name' })
    expect(undone.body).toEqual({ ...saved, data: { value: 'Nextcloud', message: 'Saved' } })
    expect(await name()).toBe('Nextcloud')
    await upload('logo', PNG)
    expect((await send('undoAllChanges', {})).body).toEqual(saved)
    expect((await get('/image/logo')).status).toBe(404)
  })

  it('is for administrators, and for forms of its own page', async () => {
    const refused = await upload('logo', PNG, 'alice:secret')
    expect([refused.status, refused.body.message]).toEqual([
      403,
      'Logged in account must be an admin, a sub admin or gotten special right to access this setting',
    ])
    const browser = new Browser(way)
    await browser.logIn('admin', 'admin')
    const path = '/index.php/apps/theming/ajax/updateStylesheet'
    expect((await browser.open('POST', path, { setting: 'name', value: 'x' })).status).toBe(412)
  })
})

directly('what a disabled account sees of the theme', SEED, (way) => {
  const get = async (path: string) => {
    const answer = await way.fetch(`/index.php/apps/${path}`, { headers: basic('gone:secret') })
    return [answer.status, answer.headers.get('Content-Type')]
  }

  it.each(['theming/theme/dark.css', 'theming/favicon', 'theming/icon/dashboard'])(
    'is what anybody sees: %s',
    async (path) => {
      expect((await get(path))[0]).toBe(200)
    },
  )

  it.each(['theming/manifest', 'theming/theme/none.css', 'files/'])('is nothing elsewhere: %s', async (path) => {
    expect(await get(path)).toEqual([401, 'application/json; charset=utf-8'])
  })

  it('is told why', async () => {
    const answer = await way.fetch('/index.php/apps/files/', { headers: basic('gone:secret') })
    expect(await answer.json()).toEqual({ message: 'Account disabled' })
  })
})
