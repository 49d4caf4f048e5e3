import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type OcsMockServer, serve } from '#server.ts'
import { type BundledProgram, bundleProgram } from '../support/bundled-program.ts'
import { readWorkflow, stepsOf, WorkflowRunner } from '../support/workflow.ts'

const workflow = readWorkflow('github-workflow', 'test.yml')
const steps = stepsOf(workflow)

describe('the workflow that tests against a fake', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ocs-mock-example-'))
  let server: OcsMockServer
  let bundled: BundledProgram
  let runner: WorkflowRunner

  beforeAll(async () => {
    bundled = await bundleProgram()
    // The server of the first step, on a port of its own.
    server = await serve()
    runner = new WorkflowRunner(folder, { OCS_MOCK_URL: server.url })
    runner.npx(bundled.file)
  }, 60_000)
  afterAll(async () => {
    await server.close()
    bundled.remove()
    rmSync(folder, { recursive: true })
  })

  const run = (name: string) => runner.run(steps.find((step) => step.name === name)!, workflow)

  it('names steps that can run, and actions with their versions', () => {
    for (const { uses, run: script } of steps) {
      expect(uses ?? script).toBeDefined()
      if (uses !== undefined) expect(uses).toMatch(/^actions\/[a-z-]+@v\d+$/)
    }
    const { matrix } = (workflow.jobs.test as unknown as { strategy: { matrix: { profile: string[] } } }).strategy
    expect(matrix.profile[0]).toBe(server.mock.profile.id)
  })

  it('waits, prepares accounts, tests, and says what nothing answered', { timeout: 120_000 }, async () => {
    for (const name of ['Wait for it', 'Prepare accounts', 'Run the tests of any language'])
      expect([name, await run(name)]).toEqual([name, expect.objectContaining({ code: 0 })])
    await fetch(`${server.url}/ocs/v2.php/apps/nonsense/here`)
    await run('Say what nothing answered')
    expect(readFileSync(join(folder, 'summary.md'), 'utf8')).toContain('/ocs/v2.php/apps/nonsense/here')
  })
})
