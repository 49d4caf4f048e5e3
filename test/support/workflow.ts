import { spawn } from 'node:child_process'
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'

export interface WorkflowStep {
  readonly name?: string
  readonly id?: string
  readonly if?: string
  readonly uses?: string
  readonly run?: string
  readonly env?: Readonly<Record<string, string>>
}
export interface Workflow {
  readonly on: object | string
  readonly env?: Readonly<Record<string, string>>
  readonly jobs: Readonly<Record<string, { readonly steps: readonly WorkflowStep[] }>>
}

/** A workflow of an example. */
export const readWorkflow = (example: string, file: string): Workflow =>
  parse(
    readFileSync(
      fileURLToPath(new URL(`../../examples/${example}/.github/workflows/${file}`, import.meta.url)),
      'utf8',
    ),
  ) as Workflow

/** All steps of a workflow. */
export const stepsOf = ({ jobs }: Workflow): WorkflowStep[] => Object.values(jobs).flatMap(({ steps }) => steps)

/** Runs steps of workflows in a folder, as a runner of GitHub does. */
export class WorkflowRunner {
  readonly #folder: string
  readonly #env: Readonly<Record<string, string>>

  constructor(folder: string, env: Readonly<Record<string, string>>) {
    this.#folder = folder
    this.#env = env
  }

  /** A program that stands in for one that a workflow calls. */
  program(name: string, lines: string): void {
    mkdirSync(join(this.#folder, 'bin'), { recursive: true })
    writeFileSync(join(this.#folder, 'bin', name), `#!/bin/bash\n${lines}\n`)
    chmodSync(join(this.#folder, 'bin', name), 0o755)
  }

  /** `npx --yes ocs-mock …` runs a program of ours. */
  npx(file: string): void {
    this.program('npx', `[ "$1 $2" = "--yes ocs-mock" ] || exit 99\nexec "${process.execPath}" "${file}" "\${@:3}"`)
  }

  run(step: WorkflowStep, workflow: Workflow): Promise<{ code: number | null; output: string }> {
    const env = {
      ...process.env,
      ...workflow.env,
      ...step.env,
      ...this.#env,
      GITHUB_STEP_SUMMARY: join(this.#folder, 'summary.md'),
      PATH: `${join(this.#folder, 'bin')}${delimiter}${process.env.PATH}`,
    }
    const child = spawn('bash', ['-e', '-o', 'pipefail', '-c', step.run!], { cwd: this.#folder, env })
    let output = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (text: Buffer) => {
        output += text.toString()
      })
    return new Promise((resolve) => child.on('close', (code) => resolve({ code, output })))
  }
}
