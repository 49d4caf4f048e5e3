import { existsSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { savedAnswer } from '#faults/own-answer.ts'
import { messageOf, UserError } from '#lib/errors.ts'
import type { OcsMockOptions } from '#mock-options.ts'
import { readTextFile } from './document-file.ts'

type Fixtures = NonNullable<OcsMockOptions['fixtures']>

const ENDING = '.json'

/**
 * Answers of a folder: `<operation>.json` has an operation's data, or a whole answer as somebody saved it.
 * @throws UserError where there is no such folder or no JSON in a file
 */
export async function readFixtureFolder(folder: string): Promise<Fixtures> {
  if (!existsSync(folder)) throw new UserError(`Failed to read the fixtures ${folder}: there is no such folder.`)
  const files = readdirSync(folder).filter((name) => name.endsWith(ENDING))
  if (files.length === 0)
    throw new UserError(`Failed to read the fixtures ${folder}: it has no file such as user_status-find-all${ENDING}.`)
  const read = files.map(async (name) => {
    const path = join(folder, name)
    const text = await readTextFile('the fixture', path)
    try {
      return [basename(name, ENDING), savedAnswer(JSON.parse(text))] as const
    } catch (error) {
      throw new UserError(`Failed to read the fixture ${path}: ${messageOf(error)}.`)
    }
  })
  return Object.fromEntries(await Promise.all(read))
}
