import teams from '#fixtures/profiles/nextcloud-34/circles.json' with { type: 'json' }
import type { PhpArray } from '#lib/php.ts'
import * as circles from '#world/accounts/circles.ts'
import * as files from '#world/files/files.ts'
import * as apps from '#world/settings/apps.ts'
import { directly, expect, it } from '../../support/ways.ts'

const SEED = {
  users: ['alice', 'bob', 'carol'].map((id) => ({ id, password: id })),
  files: { alice: { '/plan.txt': 'plan' } },
}

directly('what is shared with teams', SEED, (way) => {
  const ask = (who: string, path: string) => way.ask('GET', `/teams/${path}`, { as: `${who}:${who}` })
  const nodeId = () => files.resolve(way.ocs.world, 'alice', '/plan.txt')!.node.id
  const share = async () => {
    const team = circles.create(way.ocs.world, 'alice', 'Team', false) as circles.Circle
    circles.add(way.ocs.world, team, 'bob', 'alice')
    const form = { path: '/plan.txt', shareType: '7', shareWith: team.id }
    await way.ask('POST', '/apps/files_sharing/api/v1/shares', { as: 'alice:alice', form })
    return team
  }
  const resource = (): PhpArray => ({
    id: String(nodeId()),
    label: 'plan.txt',
    url: `${way.base()}/index.php/f/${nodeId()}`,
    iconSvg: null,
    iconURL: `${way.base()}/index.php/core/preview?fileId=${nodeId()}&mimeFallback=1`,
    iconEmoji: null,
    provider: teams.resourceProvider,
  })

  it('is told to their members alone', async () => {
    const { id } = await share()
    for (const who of ['alice', 'bob']) (await ask(who, `${id}/resources`)).expectData({ resources: [resource()] })
    for (const team of [id, 'nosuch']) (await ask('carol', `${team}/resources`)).expectData({ resources: [] })
  })

  it('has folders first, with a picture of one', async () => {
    const { id } = await share()
    const form = { path: '/folder', shareType: '7', shareWith: id }
    files.makeFolder(way.ocs.world, 'alice', '/folder')
    await way.ask('POST', '/apps/files_sharing/api/v1/shares', { as: 'alice:alice', form })
    const folder = files.resolve(way.ocs.world, 'alice', '/folder')!.node.id
    const { icon } = (resource() as { provider: { icon: string } }).provider
    const shown: PhpArray = {
      ...resource(),
      id: String(folder),
      label: 'folder',
      url: `${way.base()}/index.php/f/${folder}`,
      iconSvg: icon,
      iconURL: null,
    }
    ;(await ask('bob', `${id}/resources`)).expectData({ resources: [shown, resource()] })
  })

  it('is found by the file', async () => {
    const { id } = await share()
    const teams = [{ teamId: id, displayName: 'Team', link: `${way.base()}/`, resources: [resource()] }]
    ;(await ask('bob', `resources/files/${nodeId()}`)).expectData({ teams })
    ;(await ask('carol', `resources/files/${nodeId()}`)).expectData({ teams: [] })
    ;(await ask('bob', 'resources/files/999999')).expectData({ teams: [] })
  })

  it('is files alone, and nothing without the app of teams', async () => {
    await share()
    expect((await ask('bob', 'resources/deck/1')).code).toBe(996)
    apps.disable(way.ocs.world, 'circles')
    ;(await ask('bob', `resources/files/${nodeId()}`)).expectData({ teams: [] })
    ;(await ask('bob', 'resources/deck/1')).expectData({ teams: [] })
  })
})
