import * as files from '#world/files/files.ts'
import { itemOf, itemsOf } from '../../support/share-answers.ts'
import { directly, expect, it } from '../../support/ways.ts'

const SHARES = '/apps/files_sharing/api/v1/shares'
const ADMIN = { as: 'admin:admin' }
const SEED = {
  users: [{ id: 'alice', password: 'alice' }],
  files: { admin: { '/report.txt': 'hello' } },
}

directly('a share of what was made again', SEED, (way) => {
  const share = async () => {
    const form = { path: '/report.txt', shareType: '0', shareWith: 'alice' }
    const { id } = itemOf(await way.ask('POST', SHARES, { ...ADMIN, form }))
    return itemsOf(await way.ask('GET', `${SHARES}/${id}`, ADMIN))[0]?.file_target
  }
  const remove = () => files.remove(way.ocs.world, files.resolve(way.ocs.world, 'admin', '/report.txt')!)
  const make = () => files.newFile(way.ocs.world, 'admin', '/report.txt', files.EMPTY)

  it('takes another name where what had it is gone, until its recipient comes', async () => {
    expect(await share()).toBe('/report.txt')
    remove()
    make()
    expect(await share()).toBe('/report (2).txt')
    remove()
    await way.ask('GET', '/cloud/capabilities', { as: 'alice:alice' })
    make()
    expect(await share()).toBe('/report.txt')
  })
})
