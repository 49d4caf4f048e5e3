import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningServer, startServer } from '#adapters/node-server.ts'
import { createOcsMock } from '#index.ts'
import { type BundledProgram, bundleProgram } from '../support/bundled-program.ts'
import { ConsumerClient } from '../support/consumer-client.ts'
import { readWorkflow, stepsOf, type Workflow, WorkflowRunner } from '../support/workflow.ts'

const [tests, verify] = [readWorkflow('contract', 'test.yml'), readWorkflow('contract', 'verify.yml')]
const folder = mkdtempSync(join(tmpdir(), 'ocs-mock-example-'))
afterAll(() => rmSync(folder, { recursive: true }))

const nextcloud = createOcsMock({ onNotBuilt: () => {} })
let server: RunningServer
let bundled: BundledProgram
let runner: WorkflowRunner

/** What a consumer's tests do when they run. */
async function runTests(path: string): Promise<void> {
  const contract = { folder: join(folder, 'contracts', 'my-app'), test: 'groups.test.ts › shows the members' }
  const ocs = createOcsMock({ contract, seed: { groups: ['readers'] } })
  await new ConsumerClient(ocs, 'admin').get(path)
}

const run = (workflow: Workflow, name: string) =>
  runner.run(stepsOf(workflow).find((one) => one.name === name)!, {
    ...workflow,
    env: { ...workflow.env, VERSION: '34', OCS_MOCK_PASSWORD: 'admin' },
  })

beforeAll(async () => {
  bundled = await bundleProgram()
  server = await startServer(nextcloud)
  runner = new WorkflowRunner(folder, { NEXTCLOUD_URL: server.url, VERSION: '34' })
  runner.npx(bundled.file)
  await runTests('/cloud/groups/readers/users')
  const git = (...args: readonly string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], { cwd: folder })
  git('init', '--quiet')
  git('add', 'contracts')
  git('commit', '--quiet', '--message', 'Say what the tests rely on')
}, 120_000)
afterAll(() => server.close())
afterAll(() => bundled.remove())

describe('the workflows for contracts', () => {
  it('name steps that can run, and actions with their versions', () => {
    for (const { uses, run: script } of [tests, verify].flatMap(stepsOf)) {
      expect(uses ?? script).toBeDefined()
      if (uses !== undefined) expect(uses).toMatch(/^actions\/[a-z-]+@v\d+$/)
    }
  })

  it('pass while the contracts are committed and the server answers as the tests saw', {
    timeout: 120_000,
  }, async () => {
    expect((await run(tests, 'See whether the contracts are committed')).code).toBe(0)
    expect(await run(verify, 'Wait for the server')).toEqual({ code: 0, output: '' })
    const { code, output } = await run(verify, 'Ask what the tests asked')
    expect([code, output]).toEqual([0, expect.stringContaining('1 of 1 interactions hold on Nextcloud 34.0.1')])
    expect((await run(verify, 'Say which versions work')).output).toContain('my-app works with Nextcloud 34.0.1')
  })

  it('fail when the server answers otherwise, and say which test relies on it', { timeout: 120_000 }, async () => {
    nextcloud.patch('provisioning_api-groups-get-group-users', { users: ['root'] })
    expect((await run(verify, 'Ask what the tests asked')).code).toBe(1)
    expect((await run(verify, 'Show the report')).code).toBe(0)
    expect(readFileSync(join(folder, 'summary.md'), 'utf8')).toContain('groups.test.ts › shows the members')
    const { code, output } = await run(verify, 'Say which versions work')
    expect([code, output]).toEqual([1, expect.stringContaining('does not work with Nextcloud 34.0.1')])
  })

  it('fail when tests rely on something that is not committed', async () => {
    await runTests('/cloud/groups/readers/users?limit=1')
    const { code, output } = await run(tests, 'See whether the contracts are committed')
    expect([code, output]).toEqual([1, expect.stringContaining('+            "query": { "limit": "1" },')])
  })
})
