/** Whom a share by mail is with, where the address is somebody's here. */
import { directly, expect, it } from '../../support/ways.ts'

const OWNER = { as: 'alice:alice' }

directly('a share by mail', { users: [{ id: 'alice' }, { id: 'zeno' }] }, (way) => {
  const share = async (shareWith: string) =>
    (
      await way.ask('POST', '/apps/files_sharing/api/v1/shares', {
        ...OWNER,
        form: { path: '/welcome.txt', shareType: '4', shareWith },
      })
    ).data

  it('is shown with the name of the account that has the address', async () => {
    await way.ask('PUT', '/cloud/users/zeno', { as: 'admin:admin', form: { key: 'email', value: 'zeno@example.org' } })
    await way.ask('PUT', '/cloud/users/zeno', { as: 'admin:admin', form: { key: 'displayname', value: 'Zeno Z' } })
    expect(await share('zeno@example.org')).toMatchObject({
      share_with: 'zeno@example.org',
      share_with_displayname: 'Zeno Z',
    })
    expect(await share('other@example.org')).toMatchObject({ share_with_displayname: 'other@example.org' })
  })
})
