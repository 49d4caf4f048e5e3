import { directly, expect, it } from '../../support/ways.ts'

directly(
  'upcoming events',
  { clock: { now: '2026-03-01T12:00:00Z' }, users: [{ id: 'alice', password: 'secret' }] },
  (way) => {
    const list = (query = '') => way.ask('GET', `/apps/dav/api/v1/events/upcoming${query}`, { as: 'alice:secret' })

    way.inEveryWay('begin with the example event that a new account has', async () => {
      const answer = await list()
      expect(answer.code).toBe(200)
      expect(answer.text).toContain('personal')
      expect(answer.text.match(/calendarUri(?=[">])/g)?.length).toBe(answer.isJson ? 1 : 2)
    })

    it('are none at a place where nothing happens', async () => {
      ;(await list('?location=nowhere')).expectData({ events: [] })
    })

    it('are those of a calendar in the trash, too', async () => {
      await list()
      const headers = { Authorization: `Basic ${btoa('alice:secret')}` }
      const deleted = await way.fetch('/remote.php/dav/calendars/alice/personal', { method: 'DELETE', headers })
      expect(deleted.status).toBe(204)
      expect((await list()).data).toMatchObject({ events: [{ calendarUri: 'personal' }] })
    })

    it('do not come back once they are over', async () => {
      // The event is made at the first login, a week ahead.
      await list()
      way.ocs.world.clock.advance('10d')
      ;(await list()).expectData({ events: [] })
    })

    it('are nobody’s without a login', async () => {
      expect((await way.ask('GET', '/apps/dav/api/v1/events/upcoming')).code).toBe(997)
    })
  },
)
