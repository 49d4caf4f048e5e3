import { directly, expect, it } from '../../support/ways.ts'

directly('servers of calendars and contacts alone', {}, (way) => {
  it.each(['caldav', 'caldav/', 'caldav/calendars/admin', 'carddav', 'carddav/addressbooks/admin'])(
    'are not built, and say so: %s',
    async (path) => {
      const answer = await way.fetch(`/remote.php/${path}`, { method: 'PROPFIND' })
      expect([answer.status, answer.headers.get('X-OCS-Mock')]).toEqual([501, 'not-implemented'])
    },
  )

  it('are told from services that there are not', async () => {
    expect((await way.fetch('/remote.php/nothing', { method: 'PROPFIND' })).status).toBe(200)
  })
})
