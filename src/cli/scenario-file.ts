import { basename, dirname, extname, resolve } from 'node:path'
import type { OcsApp } from '#app/define-app.ts'
import { isList } from '#app/scenario-action-support.ts'
import { compose } from '#compose.ts'
import type { Fault } from '#faults/fault.ts'
import { type Place, UserError } from '#lib/errors.ts'
import { checkScenario } from '#scenario/check.ts'
import type { Scenario, Step } from '#scenario/format.ts'
import { listed, ScenarioError, showProblem } from '#scenario/problem.ts'
import { type DocumentFile, readDocumentFile, readTextFile } from './document-file.ts'

/** A scenario and the file it came from. */
export interface ScenarioFile {
  /** Complete: what it named of other files is in it. */
  readonly scenario: Scenario & { readonly name: string }
  /** A mistake in the scenario with the line of the file where it is; `null`: the error is about something else. */
  explain(error: unknown): Promise<UserError | null>
}

/**
 * Read a scenario from YAML or JSON.
 * @param apps one's own, whose actions and seed members it may have
 * @throws UserError that names file, line and column of all mistakes.
 */
export async function readScenarioFile(path: string, apps: readonly OcsApp[] = []): Promise<ScenarioFile> {
  const { catalogue, actions, addedApps } = compose(apps)
  const file = await readDocumentFile('the scenario', path)
  const explain = (error: unknown) => (error instanceof ScenarioError ? placed(error, file) : Promise.resolve(null))
  const name = basename(path, extname(path))
  try {
    const checked = checkScenario(file.value, name, {
      catalogue,
      actions,
      addedApps,
      seedMembers: catalogue.rules.seedMembers,
      readsFiles: true,
    })
    const steps = await Promise.all(checked.steps.map((step, i) => complete(step, ['steps', i], { name, path })))
    return { scenario: { name, ...checked, steps }, explain }
  } catch (error) {
    throw (await explain(error)) ?? error
  }
}

/** The same mistakes, each with its line. */
async function placed({ verb, problems }: ScenarioError, file: DocumentFile): Promise<UserError> {
  const lines = await Promise.all(problems.map(async (one) => `${await file.locate(one.place)}: ${showProblem(one)}`))
  const [only, ...others] = lines
  if (others.length === 0) return new UserError(`Failed to ${verb} the scenario ${only}`)
  return new UserError(`Failed to ${verb} the scenario ${file.path}: ${listed(lines)}`)
}

interface Origin {
  readonly name: string
  readonly path: string
}

/** A step with the contents of the files that it names. */
async function complete(step: Step, place: Place, origin: Origin): Promise<Step> {
  const { fault, replace, patch } = step
  const done = { ...step }
  if (replace) done.replace = await withData(replace, [...place, 'replace'], origin)
  if (patch) done.patch = await withData(patch, [...place, 'patch'], origin)
  if (fault !== undefined && isList(fault)) {
    done.fault = await Promise.all(fault.map((one, i) => completeFault(one, [...place, 'fault', i], origin)))
  } else if (fault) done.fault = await completeFault(fault, [...place, 'fault'], origin)
  return done
}

async function completeFault(fault: Fault, place: Place, origin: Origin): Promise<Fault> {
  const done = { ...fault }
  if (fault.replace) done.replace = await withData(fault.replace, [...place, 'replace'], origin)
  if (fault.patch) done.patch = await withData(fault.patch, [...place, 'patch'], origin)
  if (fault.answer?.file !== undefined) {
    const { file, ...answer } = fault.answer
    done.answer = { ...answer, body: await read(file, [...place, 'answer', 'file'], origin) }
  }
  return done
}

async function withData<T extends { file?: string; data?: unknown }>(
  given: T,
  place: Place,
  origin: Origin,
): Promise<T> {
  if (given.file === undefined) return given
  const at = [...place, 'file']
  const text = await read(given.file, at, origin)
  const { file: _file, ...rest } = given
  try {
    return { ...rest, data: JSON.parse(text) } as T
  } catch (error) {
    throw new ScenarioError(origin.name, [
      { place: at, problem: `${given.file} is no JSON: ${(error as Error).message}.` },
    ])
  }
}

async function read(file: string, place: Place, { name, path }: Origin): Promise<string> {
  try {
    return await readTextFile('the file', resolve(dirname(path), file))
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    throw new ScenarioError(name, [{ place, problem: error.message }])
  }
}
