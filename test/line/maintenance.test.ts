import { everyTransport, expect, it } from '../support/ways.ts'

everyTransport('maintenance outside of OCS', {}, (way) => {
  const ask = async (path: string, method = 'GET') => {
    way.ocs.reset({ config: { system: { maintenance: true } } })
    const answer = await way.fetch(path, { method })
    return { status: answer.status, headers: answer.headers, text: await answer.text() }
  }

  it.each(['/remote.php/dav/files/admin/', '/remote.php/webdav/', '/remote.php/direct/token'])('%s', async (path) => {
    const { status, headers, text } = await ask(path, 'PROPFIND')
    expect([status, headers.get('x-nextcloud-maintenance-mode')]).toEqual([503, null])
    expect(text).toContain('<s:exception>OCA\\DAV\\Exception\\ServerMaintenanceMode</s:exception>')
    expect(text).toContain('<s:message>System is in maintenance mode.</s:message>')
  })

  it('marks pages and says when to come back', async () => {
    const { status, headers } = await ask('/index.php/csrftoken')
    expect([status, headers.get('x-nextcloud-maintenance-mode'), headers.get('retry-after')]).toEqual([503, '1', '120'])
  })

  it('still tells the status', async () => {
    const { status, text } = await ask('/status.php')
    expect([status, JSON.parse(text).maintenance]).toEqual([200, true])
  })
})
