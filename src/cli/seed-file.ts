import { SeedError, showPlace, UserError } from '#lib/errors.ts'
import type { Seed } from '#world/seed.ts'
import { readDocumentFile } from './document-file.ts'

/** A seed and the file it came from. */
export interface SeedFile {
  readonly seed: Seed
  /** A mistake in the seed with the line of the file where it is; `null`: the error is about something else. */
  explain(error: unknown): Promise<UserError | null>
}

/**
 * Read a seed from YAML or JSON. What it means is checked when it is laid over a world.
 * @throws UserError that names the file and, for a mistake in its grammar, line and column.
 */
export async function readSeedFile(path: string): Promise<SeedFile> {
  const file = await readDocumentFile('the seed', path)
  return {
    seed: file.value as Seed,
    async explain(error) {
      if (!(error instanceof SeedError)) return null
      const where = error.place.length === 0 ? '' : `${showPlace(error.place)}: `
      return new UserError(`Failed to read the seed ${await file.locate(error.place)}: ${where}${error.problem}`)
    },
  }
}
