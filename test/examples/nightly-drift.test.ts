import { spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { type RunningServer, startServer } from '#adapters/node-server.ts'
import { main } from '#cli/main.ts'
import { createOcsMock } from '#index.ts'
import { type BundledProgram, bundleProgram } from '../support/bundled-program.ts'
import { recordedIo } from '../support/command-io.ts'

interface Step {
  readonly name?: string
  readonly id?: string
  readonly if?: string
  readonly uses?: string
  readonly run?: string
  readonly env?: Readonly<Record<string, string>>
}
interface Workflow {
  readonly on: object
  readonly env: Readonly<Record<string, string>>
  readonly jobs: { readonly drift: { readonly steps: readonly Step[] } }
}

const root = fileURLToPath(new URL('../..', import.meta.url))
const workflow = parse(
  readFileSync(join(root, 'examples/nightly-drift/.github/workflows/drift.yml'), 'utf8'),
) as Workflow
const { steps } = workflow.jobs.drift

const folder = mkdtempSync(join(tmpdir(), 'ocs-mock-example-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** A program that stands in for one that the workflow calls. */
function program(name: string, lines: string): void {
  mkdirSync(join(folder, 'bin'), { recursive: true })
  writeFileSync(join(folder, 'bin', name), `#!/bin/bash\n${lines}\n`)
  chmodSync(join(folder, 'bin', name), 0o755)
}

let server: RunningServer
let bundled: BundledProgram
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
  program('npx', `[ "$1 $2" = "--yes ocs-mock" ] || exit 99\nexec "${process.execPath}" "${bundled.file}" "\${@:3}"`)
  program('gh', `echo "$@" >> "${join(folder, 'gh.log')}"`)
}, 60_000)
afterAll(() => server.close())
afterAll(() => bundled.remove())

/** Run a step as a runner of GitHub does. */
function run(step: Step): Promise<{ code: number | null; output: string }> {
  const env = {
    ...process.env,
    ...workflow.env,
    ...step.env,
    NEXTCLOUD_URL: server.url,
    GITHUB_STEP_SUMMARY: join(folder, 'summary.md'),
    PATH: `${join(folder, 'bin')}${delimiter}${process.env.PATH}`,
  }
  const child = spawn('bash', ['-e', '-o', 'pipefail', '-c', step.run!], { cwd: folder, env })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (output += text.toString()))
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, output })))
}

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
