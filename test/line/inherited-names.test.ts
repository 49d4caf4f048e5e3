import { expect, it } from 'vitest'
import { directly } from '../support/ways.ts'

const INHERITED = ['constructor', 'toString', '__proto__', 'hasOwnProperty']

directly('what every object of JavaScript inherits', {}, (way) => {
  it.each(INHERITED)('is no app, no field and no filter: %s', async (name) => {
    const image = await way.ocs.fetch(`https://cloud.example.com/apps/${name}/img/app.svg`)
    expect(image.status).toBe(404)

    const field = await way.ask('PUT', '/cloud/users/admin', { as: 'admin:admin', form: { key: name, value: 'x' } })
    const unknown = await way.ask('PUT', '/cloud/users/admin', { as: 'admin:admin', form: { key: 'x-y', value: 'x' } })
    expect([field.code, field.message]).toEqual([unknown.code, unknown.message])

    const search = await way.ask('GET', `/search/providers/files/search?term=welcome&${name}=1`, { as: 'admin:admin' })
    expect(search.code).toBe(200)

    const setting = await way.ocs.fetch(`https://cloud.example.com/index.php/apps/files/api/v1/config/${name}`, {
      method: 'PUT',
      headers: { Authorization: `Basic ${btoa('admin:admin')}`, 'OCS-APIRequest': 'true' },
      body: new URLSearchParams({ value: '1' }),
    })
    expect(setting.status).toBeLessThan(500)
  })

  it.each(INHERITED)('can be the name of an account: %s', async (name) => {
    const added = await way.ask('POST', '/cloud/users', {
      as: 'admin:admin',
      form: { userid: name, password: 'Correct-Horse-9' },
    })
    expect(added.code).toBe(200)
    const contacts = await way.ask('GET', '/search/providers/contacts/search?term=a', { as: `${name}:Correct-Horse-9` })
    const events = await way.ask('GET', '/apps/dav/api/v1/events/upcoming', { as: `${name}:Correct-Horse-9` })
    expect([contacts.code, events.code]).toEqual([200, 200])
  })
})
