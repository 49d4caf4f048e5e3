import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningServer, startServer } from '#adapters/node-server.ts'
import { main } from '#cli/main.ts'
import { createOcsMock } from '#index.ts'
import { type BundledProgram, bundleProgram } from '../support/bundled-program.ts'
import { recordedIo } from '../support/command-io.ts'
import { readWorkflow, stepsOf, WorkflowRunner, type WorkflowStep } from '../support/workflow.ts'

const workflow = readWorkflow('nightly-drift', 'drift.yml')
const steps = stepsOf(workflow)

const folder = mkdtempSync(join(tmpdir(), 'ocs-mock-example-'))
afterAll(() => rmSync(folder, { recursive: true }))

let server: RunningServer
let bundled: BundledProgram
let runner: WorkflowRunner
let changed = false
const ocs = createOcsMock({ onNotBuilt: () => {} })
beforeAll(async () => {
  bundled = await bundleProgram()
  server = await startServer({
    handle: async (call) => {
      const answer = await ocs.handle(call)
      return changed ? { ...answer, body: String(answer.body).replaceAll('"icon":', '"emoji":') } : answer
    },
  })
  const to = join(folder, 'recordings', 'nextcloud')
  const who = ['--user', 'admin', '--password', 'admin', '--app', '^user_status$']
  expect(await main(['record', server.url, '--to', to, '--update', ...who], recordedIo())).toBe(0)
  runner = new WorkflowRunner(folder, { NEXTCLOUD_URL: server.url })
  runner.npx(bundled.file)
  runner.program('gh', `echo "$@" >> "${join(folder, 'gh.log')}"`)
}, 60_000)
afterAll(() => server.close())
afterAll(() => bundled.remove())

const run = (step: WorkflowStep) => runner.run(step, workflow)
const step = (name: string) => steps.find((one) => one.name === name)!

describe('the workflow for a nightly job', () => {
  it('names steps that can run, and actions with their versions', () => {
    expect(Object.keys(workflow.on)).toEqual(['schedule', 'workflow_dispatch'])
    for (const { uses, run: script } of steps) {
      expect(uses ?? script).toBeDefined()
      if (uses !== undefined) expect(uses).toMatch(/^actions\/[a-z-]+@v\d+$/)
    }
  })

  it('passes while the server answers as recorded', { timeout: 120_000 }, async () => {
    expect(await run(step('Wait for the server'))).toEqual({ code: 0, output: '' })
    const { code, output } = await run(step('Ask again what was recorded'))
    expect([code, output]).toEqual([0, expect.stringContaining('no findings')])
  })

  it('fails, shows the report and opens an issue when it does not', { timeout: 120_000 }, async () => {
    changed = true
    const { code, output } = await run(step('Ask again what was recorded'))
    expect([code, output]).toEqual([1, expect.stringContaining('/ocs/data/0/icon')])
    for (const kind of ['html', 'md', 'xml']) expect(existsSync(join(folder, 'reports', `drift.${kind}`))).toBe(true)
    expect((await run(step('Show the report'))).code).toBe(0)
    expect(readFileSync(join(folder, 'summary.md'), 'utf8')).toContain('`/ocs/data/0/icon`')
    expect((await run(step('Open an issue'))).code).toBe(0)
    expect(readFileSync(join(folder, 'gh.log'), 'utf8')).toContain('issue create --title Nextcloud answers')
  })
})
