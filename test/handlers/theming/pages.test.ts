import { directly, expect, it } from '../../support/ways.ts'

directly('what browsers ask of the theme', {}, (way) => {
  const get = (path: string) => way.fetch(`/index.php/apps/theming${path}`)

  it('is a manifest of the server and of each app', async () => {
    const answer = await get('/manifest')
    expect(answer.headers.get('Cache-Control')).toBe('private, max-age=3600, must-revalidate')
    expect(answer.headers.get('Expires')).toMatch(/GMT$/)
    expect(await answer.json()).toMatchObject({ name: 'Nextcloud', theme_color: '#00679e', display: 'standalone' })
    const start_url = 'https://cloud.example.com/index.php/apps/files/'
    expect(await (await get('/manifest/files')).json()).toMatchObject({ name: 'Files - Nextcloud', start_url })
    expect((await get('/manifest/none')).status).toBe(404)
  })

  it('is a style sheet for each theme', async () => {
    const answer = await get('/theme/dark.css')
    expect(answer.headers.get('Content-Type')).toBe('text/css;charset=UTF-8')
    expect(await answer.text()).toMatch(/^ \[data-theme-dark\] \{ --color-main-background:#171717; /)
    expect(await (await get('/theme/light.css?plain=1')).text()).toMatch(/^:root \{ --color-main-background:#ffffff; /)
    expect((await get('/theme/none.css')).status).toBe(404)
  })

  it('is the logo where there is one', async () => {
    expect((await get('/image/logo')).status).toBe(404)
    await way.ocs.occ(['config:app:set', 'theming', 'logoMime', '--value', 'image/png'])
    expect((await get('/image/logo')).headers.get('Content-Type')).toBe('image/png')
    expect((await get('/image/other')).status).toBe(404)
  })

  it('is each icon in the colour of the server', async () => {
    const icon = await get('/img/core/filetypes/folder.svg')
    expect([icon.status, icon.headers.get('Content-Type')]).toEqual([200, 'image/svg+xml'])
    expect(icon.headers.get('Content-Disposition')).toBe('inline; filename="icon-core-#00679efiletypes_folder.svg"')
    expect(icon.headers.get('Cache-Control')).toBe('private, max-age=86400, immutable')
    expect(await icon.text()).toContain('fill="#00679e"')
    const other = await get('/img/no_app/app.svg')
    expect(other.headers.get('Content-Disposition')).toBe('inline; filename="icon-core-#00679efavicon.png"')
    expect((await get('/img/files/nope.svg')).status).toBe(404)
  })
})
