import type { Endpoint } from '#line/endpoint.ts'
import type { FuzzRandom } from '../fuzz/random.ts'
import { davStep } from './generate-dav.ts'
import { groupwareStep } from './generate-groupware.ts'
import { noteStep } from './generate-notes.ts'
import { ocsStep } from './generate-ocs.ts'
import { settingStep } from './generate-settings.ts'
import type { Step } from './step.ts'

/** A session: some steps that are likely to have to do with each other. */
export function generateSession(operations: readonly Endpoint[], random: FuzzRandom, length: number): Step[] {
  const apps = [...new Set(operations.map(({ app }) => app))]
  const isAlone = apps.length === 1
  const chosen = random.some(apps, 0.15)
  const subject = operations.filter(({ app }) => chosen.includes(app) || app === 'files_sharing')
  const kinds: (typeof davStep)[] = random.pick([[davStep], [davStep, noteStep], [noteStep, groupwareStep], [davStep]])
  const steps: Step[] = []
  if (!isAlone && random.chance(0.25)) steps.push(settingStep(random))
  while (steps.length < length) {
    const isOcs = random.chance(0.6)
    if (!isOcs) steps.push(random.pick(kinds)(random, steps))
    else
      steps.push(ocsStep(random.pick(subject.length > 0 && random.chance(0.8) ? subject : operations), random, steps))
  }
  return steps
}
