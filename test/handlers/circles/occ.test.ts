import { describe, expect, it } from 'vitest'
import { createOcsMock } from '#index.ts'

describe('circles:manage:list', () => {
  const withTeams = () =>
    createOcsMock({
      seed: {
        users: [{ id: 'alice', displayName: 'Alice' }, { id: 'bob' }],
        teams: [{ id: 'cooks', name: 'Cooks', owner: 'alice', members: ['bob'] }],
      },
    })

  it('lists the teams with their owners and how many are in them', async () => {
    const { stdout, exitCode } = await withTeams().occ('circles:manage:list')
    expect(exitCode).toBe(0)
    expect(stdout.split('\n')).toEqual([
      '+-----------+-------+--------+--------+-------+----------+------------+',
      '| Single Id | Name  | Config | Source | Owner | Instance | Population |',
      '+-----------+-------+--------+--------+-------+----------+------------+',
      '| cooks     | Cooks | []     | Team   | alice |          | 2/-1 (2)   |',
      '+-----------+-------+--------+--------+-------+----------+------------+',
      '',
    ])
  })

  it('shows names where they are asked for', async () => {
    expect((await withTeams().occ('circles:manage:list --display-name')).stdout).toContain('| Team   | Alice |')
  })

  it('says that circles of others, and teams in JSON, are not built', async () => {
    for (const options of ['--all', '--single', '--output=json']) {
      expect(await withTeams().occ(`circles:manage:list ${options}`)).toMatchObject({ exitCode: 70, stdout: '' })
    }
    expect((await createOcsMock().occ('circles:manage:list --output=json')).stdout).toBe('[]\n')
  })
})

describe('circles:check', () => {
  it('finds nobody at the address that the server is told to have', async () => {
    const ocs = createOcsMock({ seed: { config: { system: { 'overwrite.cli.url': 'https://cloud.example.com' } } } })
    const { stdout, stderr, exitCode } = await ocs.occ('circles:check')
    expect(stdout).toContain('GET request on https://cloud.example.com/index.php/csrftoken: fail')
    expect(stderr).toContain('Your Circles App is not fully configured.')
    expect(exitCode).toBe(1)
  })

  it('wants to know what an address is tested for', async () => {
    const ocs = createOcsMock()
    expect((await ocs.occ('circles:check --test=x')).stderr).toContain('Please specify a --type for the test')
    expect((await ocs.occ('circles:check --test=x --type=y')).stderr).toContain(
      'Unknown type: internal, frontal, loopback',
    )
  })
})

it('circles:test asks for an account of its own', async () => {
  expect(await createOcsMock().occ('circles:test')).toMatchObject({
    exitCode: 255,
    stderr: expect.stringContaining('user test1 not found'),
  })
})
