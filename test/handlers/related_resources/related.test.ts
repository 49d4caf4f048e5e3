import { directly, expect, it } from '../../support/ways.ts'

directly('related resources', {}, (way) => {
  const PATH = '/apps/related_resources/related/files?itemId=1'

  way.inEveryWay('are none where nothing is shared', async () => {
    const answer = await way.ask('GET', PATH, { as: 'admin:admin' })
    expect(answer.code).toBe(200)
    answer.expectData([])
  })

  it('need a login', async () => {
    expect((await way.ask('GET', PATH)).code).toBe(997)
  })

  it('are looked for by a command, which says why it finds none', async () => {
    expect((await way.ocs.occ('related:test nobody files 2')).stderr).toContain('must specify a valid local user')
    expect((await way.ocs.occ('related:test admin deck 2')).stderr).toContain('Failed to find provider deck')
    const { stderr, exitCode } = await way.ocs.occ('related:test admin files 2')
    expect(stderr).toContain('RelatedResourceNotFound')
    expect(exitCode).toBe(1)
  })
})
