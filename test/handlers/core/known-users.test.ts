import { directly, expect, it } from '../../support/ways.ts'

const seed = {
  users: ['alice', 'bob', 'bobby'].map((id) => ({ id, password: 'secret' })),
  config: { apps: { core: { shareapi_restrict_user_enumeration_to_phone: 'yes' } } },
}
const NUMBER = '+4971125242890'

directly('people who are known by their telephone numbers', seed, (way) => {
  const as = 'alice:secret'
  const setPhone = (value: string) =>
    way.ask('PUT', '/cloud/users/bob', { as: 'bob:secret', form: { key: 'phone', value } })
  const find = (numbers: string[]) =>
    way.ask('POST', '/cloud/users/search/by-phone', { as, json: { location: 'DE', search: { one: numbers } } })
  const completed = async (search: string) => {
    const { data } = await way.ask('GET', `/core/autocomplete/get?search=${search}`, { as })
    return (data as { id: string }[]).map(({ id }) => id)
  }
  const sharees = async () => {
    const path = '/apps/files_sharing/api/v1/sharees?search=bo&itemType=file&shareType[]=0'
    const { data } = await way.ask('GET', path, { as })
    return (data as { users: { label: string }[] }).users.map(({ label }) => label)
  }

  it('are listed where only they are', async () => {
    await setPhone(NUMBER)
    expect([await completed('bo'), await sharees()]).toEqual([[], []])
    expect((await find(['0711 252 428-90'])).data).toEqual({ one: 'bob@cloud.example.com' })
    expect([await completed('bo'), await sharees()]).toEqual([['bob'], ['bob']])
    expect((await way.ask('GET', '/hovercard/v1/bob', { as })).code).toBe(200)
    expect((await way.ask('GET', '/hovercard/v1/bobby', { as })).code).toBe(404)
  })

  it('are forgotten with their number, and with the next search', async () => {
    await setPhone(NUMBER)
    await find([NUMBER])
    await setPhone('+4971125242891')
    expect(await completed('bo')).toEqual([])
    await find(['+4971125242891'])
    expect(await completed('bo')).toEqual(['bob'])
    await find(['no number'])
    expect(await completed('bo')).toEqual(['bob'])
    await find([NUMBER])
    expect(await completed('bo')).toEqual([])
  })
})
