import * as files from '#world/files/files.ts'
import * as apps from '#world/settings/apps.ts'
import { directly, expect, it } from '../support/ways.ts'

const SEED = {
  users: [{ id: 'alice', password: 'alice' }],
  files: { alice: { '/A b/plan.txt': 'plan' } },
}

directly('pages of the front end', SEED, (way) => {
  const open = (path: string, { as = 'alice:alice', method = 'GET', accept = 'text/html' } = {}) =>
    way.ocs.fetch(`${way.base()}/index.php${path}`, {
      method,
      redirect: 'manual',
      headers: { Accept: accept, ...(as ? { Authorization: `Basic ${btoa(as)}` } : {}) },
    })

  it('are there, and say that their programs are not', async () => {
    for (const path of ['/apps/dashboard/', '/apps/files/', '/apps/files/files/5', '/settings/user/security']) {
      const answer = await open(path)
      expect([path, answer.status, answer.headers.get('x-ocs-mock')]).toEqual([path, 200, 'placeholder'])
    }
    expect(await (await open('/apps/files/')).text()).toContain('<title>Files - Nextcloud</title>')
  })

  it('are for those who are logged in, and some for administrators', async () => {
    const anonymous = await open('/apps/files/', { as: '' })
    expect(anonymous.status).toBe(303)
    expect(anonymous.headers.get('location')).toMatch(/\/index\.php\/login\?redirect_url=\/index\.php\/apps\/files\/$/)
    expect((await open('/apps/files/', { as: '', accept: '*/*' })).status).toBe(401)
    expect((await open('/settings/admin')).status).toBe(403)
    expect((await open('/settings/admin', { as: 'admin:admin' })).status).toBe(200)
  })

  it('lead from the short address of a file to its folder', async () => {
    const { id } = files.resolve(way.ocs.world, 'alice', '/A b/plan.txt')!.node
    const folder = files.resolve(way.ocs.world, 'alice', '/A b')!.node.id
    const leads = async (path: string) => (await open(path)).headers.get('location')?.replace(/^.*\/files\/files/, '')
    expect(await leads(`/f/${id}`)).toBe(`/${id}?dir=/A%20b&openfile=true`)
    expect(await leads(`/f/${id}?openfile=false`)).toBe(`/${id}?dir=/A%20b&openfile=false`)
    expect(await leads(`/f/${folder}`)).toBe(`/${folder}?dir=/A%20b`)
    expect(await leads('/f/999999')).toBe('/999999')
  })

  it('have the images that the product has as files, plain ones', async () => {
    const image = async (path: string) => {
      const answer = await way.ocs.fetch(way.base() + path)
      return [answer.status, answer.headers.get('content-type')]
    }
    expect(await image('/core/img/logo/logo.svg')).toEqual([200, 'image/svg+xml'])
    expect(await image('/apps/files/img/app.svg')).toEqual([200, 'image/svg+xml'])
    expect(await image('/core/img/favicon.png')).toEqual([200, 'image/png'])
    expect((await image('/core/img/nosuch.svg'))[0]).toBe(404)
    expect((await image('/index.php/core/img/logo/logo.svg'))[0]).toBe(404)
  })

  it('that are not built are loud, and only where the product has them', async () => {
    const loud = await open('/apps/firstrunwizard/wizard', { method: 'DELETE' })
    expect([loud.status, loud.headers.get('x-ocs-mock')]).toEqual([501, 'not-implemented'])
    expect(await loud.text()).toContain('firstrunwizard:DELETE /apps/firstrunwizard/wizard')
    expect((await open('/apps/firstrunwizard/wizard')).status).toBe(405)
    expect((await open('/apps/nosuch/')).status).toBe(404)
    apps.disable(way.ocs.world, 'firstrunwizard')
    apps.disable(way.ocs.world, 'photos')
    expect((await open('/apps/photos/')).status).toBe(404)
  })
})
