import { existsSync, mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { main } from '#cli/main.ts'
import { createOcsMock } from '#index.ts'
import { recordedIo } from '../support/command-io.ts'
import { ConsumerClient } from '../support/consumer-client.ts'
import { contractFolder, contractsIn } from '../support/contracts.ts'

/** Two tests of one consumer. */
async function twoTests(): Promise<string> {
  const folder = contractFolder()
  for (const [test, path] of [
    ['groups.test.ts › shows the members', '/cloud/groups/admin/users'],
    ['users.test.ts › shows nobody', '/cloud/users/nobody-here'],
  ] as const)
    await new ConsumerClient(createOcsMock({ contract: { folder, test } }), 'admin').get(path)
  return folder
}

async function run(args: readonly string[], parts: Parameters<typeof recordedIo>[0] = {}) {
  const io = recordedIo(parts)
  const code = await main(args, io)
  return { code, ...io.text }
}

describe('ocs-mock contract', () => {
  it('lists tests with what they rely on', async () => {
    const { code, out } = await run(['contract', 'list', await twoTests()])
    expect(code).toBe(0)
    expect(out).toContain('groups.test.ts › shows the members: 1  provisioning_api-groups-get-group-users\n')
    expect(out).toContain(
      '2 tests of my-app rely on 2 interactions of 2 operations; 0 cannot be verified on a real server.',
    )
  })

  it('explains what a test had, asked and was answered', async () => {
    const { out } = await run(['contract', 'explain', await twoTests(), '--test', 'nobody'])
    expect(out).toBe(`users.test.ts › shows nobody  (my-app, nextcloud-34)
  given a fresh installation
  admin asks GET /ocs/v2.php/cloud/users/nobody-here
    answers 404, 404 User does not exist: []
`)
  })

  it('removes what the last run did not write again', async () => {
    const folder = await twoTests()
    const gone = join(folder, 'users.test.ts', 'shows-nobody.json')
    const old = new Date(Date.now() - 7_200_000)
    utimesSync(gone, old, old)

    expect((await run(['contract', 'prune', folder, '--dry-run'])).out).toBe(
      `Would remove ${gone}.\n1 contracts stay.\n`,
    )
    expect(existsSync(gone)).toBe(true)
    expect((await run(['contract', 'prune', folder])).out).toBe(`Removed ${gone}.\n1 contracts stay.\n`)
    expect(existsSync(gone)).toBe(false)
  })

  it('merges folders, and writes and reads Pact files', async () => {
    const folder = await twoTests()
    const [pact, merged] = [join(dirname(folder), 'my-app.pact.json'), join(dirname(folder), 'merged', 'my-app')]

    expect((await run(['contract', 'merge', folder, folder, '--pact', pact])).code).toBe(0)
    expect((await run(['contract', 'merge', pact, '--to', merged])).code).toBe(0)

    expect(contractsIn(merged)).toEqual(contractsIn(folder))
  })

  it('says where a file is wrong', async () => {
    const folder = contractFolder()
    mkdirSync(folder)
    writeFileSync(join(folder, 'broken.json'), '{"consumer": "my-app", "test": 5}')
    const { code, err } = await run(['contract', 'list', folder])
    expect(code).toBe(2)
    expect(err).toContain('/test: expected string, found')
  })
})

describe('ocs-mock verify --contract', () => {
  it('reports by the consumer’s test, and can-i-use reads the results', async () => {
    const folder = await twoTests()
    const server = createOcsMock({ onNotBuilt: () => {} })
    server.patch('provisioning_api-groups-get-group-users', { users: ['root'] })
    const results = join(dirname(folder), 'results')
    const reports = ['json', 'xml', 'md', 'html', 'sarif'].flatMap((kind) => ['--report', join(results, `34.${kind}`)])
    const asAdmin = ['--user', 'admin', '--password', 'admin']

    const { code, out } = await run(['verify', 'http://localhost', ...asAdmin, '--contract', folder, ...reports], {
      fetch: server.fetch,
    })

    expect(code).toBe(1)
    expect(out).toContain('groups.test.ts › shows the members\n  differs: /ocs/data/users/0 (contract)')
    expect(out).toContain('1 of 2 interactions does not hold on Nextcloud 34.0.1')
    const read = (kind: string) => readFileSync(join(results, `34.${kind}`), 'utf8')
    expect(read('xml')).toMatch(
      /<testcase name="groups.test.ts › shows the members" classname="my-app">\s*<failure type="differs contract"/,
    )
    expect(read('md')).toContain('<code>groups.test.ts › shows the members</code>')
    expect(read('html')).toContain('groups.test.ts › shows the members')
    expect(JSON.parse(read('sarif')).runs[0].results).toHaveLength(1)

    const used = await run(['can-i-use', results])
    expect(used.code).toBe(1)
    expect(used.out).toBe(
      'my-app does not work with Nextcloud 34.0.1: 1 of 2 do not hold: groups.test.ts › shows the members\n',
    )
  })
})
