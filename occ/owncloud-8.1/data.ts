import { defineProfileData } from '#profiles/profile-data.ts'

/** One step of a repair, and what it says. */
export interface RepairStep {
  readonly step: string
  readonly said?: readonly string[]
}

/** One analysed file of an app. */
export interface AnalysedFile {
  readonly path: string
  readonly errors: readonly { readonly line: number; readonly message: string }[]
}

export const releaseName = defineProfileData<string>('release-name')
/** Types of databases that it can be installed on. */
export const databases = defineProfileData<readonly string[]>('databases')
export const repairSteps = defineProfileData<readonly RepairStep[]>('repair-steps')
/** What the check of an app's code finds, by app. */
export const codeChecks = defineProfileData<Readonly<Record<string, readonly AnalysedFile[]>>>('code-checks')
