import { directly, expect, it } from '../../../support/ways.ts'

directly('what clients ask to see whether the server is there', {}, (way) => {
  way.inEveryWay('answers without a body, or with little', async () => {
    expect((await way.fetch('/index.php/204')).status).toBe(204)
    expect(await (await way.fetch('/index.php/heartbeat')).text()).toBe('')
    if (way.name !== 'MSW') expect(await (await way.fetch('/cron.php')).json()).toEqual({ status: 'success' })
  })

  it('knows no device that is to wipe itself by a wrong token', async () => {
    for (const path of ['check', 'success']) {
      const ask = (body?: URLSearchParams) =>
        way.fetch(`/index.php/core/wipe/${path}`, { method: 'POST', ...(body ? { body } : {}) })
      expect((await ask(new URLSearchParams({ token: 'x' }))).status).toBe(404)
      expect((await ask()).status).toBe(400)
    }
  })
})
