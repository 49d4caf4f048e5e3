import { Browser } from '../../support/browser.ts'
import { directly, expect, it } from '../../support/ways.ts'

const seed = {
  groups: [{ id: 'team' }],
  users: [
    { id: 'alice', password: 'secret', displayName: 'Test Name', email: 'alice@example.com', groups: ['team'] },
    { id: 'bob', password: 'secret', email: 'test@example.com' },
    { id: 'carol', password: 'secret', groups: ['team'] },
  ],
}
const AS_CAROL = { Authorization: `Basic ${btoa('carol:secret')}`, 'OCS-APIRequest': 'true' }

directly('the menu of contacts', seed, (way) => {
  const found = async (filter: string) => {
    const answer = await way.fetch(`/index.php/contactsmenu/contacts?filter=${filter}`, {
      method: 'POST',
      headers: AS_CAROL,
    })
    const { contacts } = (await answer.json()) as { contacts: { fullName: string }[] }
    return contacts.map(({ fullName }) => fullName)
  }
  const limit = (key: string) => way.ocs.occ(['config:app:set', 'core', key, '--value', 'yes'])

  it('finds people by name and address, not by id, and not who looks', async () => {
    expect(await found('test')).toEqual(['bob', 'Test Name'])
    expect(await found('alice@')).toEqual(['Test Name'])
    expect(await found('alice')).toEqual(['Test Name'])
    expect(await found('carol')).toEqual([])
  })

  it('tells how they are reached', async () => {
    const answer = await way.fetch('/index.php/contactsmenu/findOne?shareType=0&shareWith=alice', {
      method: 'POST',
      headers: AS_CAROL,
    })
    expect(await answer.json()).toMatchObject({
      id: 'alice',
      fullName: 'Test Name',
      topAction: { title: 'View profile', appId: 'profile' },
      actions: [{ appId: 'timezone' }, { title: 'alice@example.com', hyperlink: 'mailto:alice@example.com' }],
      emailAddresses: ['alice@example.com'],
      isUser: true,
    })
    const none = await way.fetch('/index.php/contactsmenu/findOne?shareType=0&shareWith=nobody', {
      method: 'POST',
      headers: AS_CAROL,
    })
    expect(none.status).toBe(404)
  })

  it('shows no more than the administrator lets people see of each other', async () => {
    await limit('shareapi_restrict_user_enumeration_to_group')
    expect(await found('test')).toEqual(['Test Name'])
    await way.ocs.occ(['config:app:set', 'core', 'shareapi_allow_share_dialog_user_enumeration', '--value', 'no'])
    expect(await found('test')).toEqual([])
    expect(await found('test@example.com')).toEqual(['bob'])
  })

  it('lists one’s own contacts and teams', async () => {
    expect(await found('')).toContain('Leon Green')
    const teams = await way.fetch('/index.php/contactsmenu/teams', { headers: AS_CAROL })
    expect([teams.status, await teams.json()]).toEqual([200, []])
  })
})

directly('the form of the personal settings', seed, (way) => {
  it('changes many fields at once, of whoever is logged in', async () => {
    const browser = new Browser(way)
    await browser.logIn('alice', 'secret')
    const requesttoken = await browser.requestToken()
    const save = async (form: Record<string, string>) => {
      const answer = await browser.open('PUT', '/index.php/settings/users/bob/settings', form, { requesttoken })
      return { status: answer.status, said: await answer.json() }
    }
    const form = {
      displayname: 'Alice',
      displaynameScope: 'private',
      phone: '+4971125242890',
      email: 'NEW@example.com',
    }
    expect(await save(form)).toEqual({
      status: 200,
      said: {
        status: 'success',
        data: expect.objectContaining({
          userId: 'alice',
          displayname: 'Alice',
          displaynameScope: 'v2-local',
          email: 'new@example.com',
          phone: '+4971125242890',
          message: 'Settings saved',
        }),
      },
    })
    const refused = { status: 'error', data: { message: 'Unable to set invalid phone number' } }
    expect((await save({ phone: '12' })).said).toEqual(refused)
    expect(await save({ email: 'none' })).toEqual({
      status: 422,
      said: { status: 'error', data: { message: 'Invalid mail address' } },
    })
  })
})
