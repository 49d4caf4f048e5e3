/** The test of a new app of `handlers/`. `isEnabled`: whether a fresh installation has it enabled. */
export const handlersTest = (id: string, isEnabled: boolean) => `import { itemsTable } from '#handlers/${id}/state.ts'
import { directly, expect, it } from '../../support/ways.ts'

const alice = 'alice:secret'
const ITEMS = '/apps/${id}/api/v1/items'
const SEED = { users: [{ id: 'alice', password: 'secret' }]${isEnabled ? '' : `, apps: { enabled: ['${id}'] }`} }

directly('items', SEED, (way) => {
  const add = (title: string) => way.ask('POST', ITEMS, { as: alice, json: { title } })

  way.inEveryWay('are kept for the account that adds them', async () => {
    const added = { id: 1, title: 'The first' }
    ;(await add('The first')).expectData(added)
    ;(await way.ask('GET', ITEMS, { as: alice })).expectData([added])
    ;(await way.ask('GET', ITEMS, { as: 'admin:admin' })).expectData([])
  })

  it('have a title', async () => {
    expect((await add(' ')).code).toBe(400)
  })

  it('go with their account', async () => {
    await add('The first')
    await way.ocs.occ('user:delete alice')
    expect(way.ocs.world.table(itemsTable).size).toBe(0)
  })

  it('are announced in the capabilities', async () => {
    const { data } = await way.ask('GET', '/cloud/capabilities', { as: alice })
    expect(data).toMatchObject({ capabilities: { ${id}: { items: true } } })
  })
})
`
