import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { defineApp } from '#app/define-app.ts'
import { compose } from '#compose.ts'
import { messageOf, UserError } from '#lib/errors.ts'
import { findProfile } from '#profiles/index.ts'
import { type Command, readArguments } from '../command.ts'
import { appFiles, type Files, type NewApp } from './app-files.ts'
import { infoXml } from './info-xml.ts'
import { ownTest } from './own-test.ts'

const OPTIONS = {
  to: { type: 'string' },
  name: { type: 'string' },
  summary: { type: 'string' },
} as const

const VERSION = '1.0.0'

/** `ocs-mock new-app`: a folder to begin an app of one's own with. */
export const newApp: Command = {
  summary: 'write the beginning of an app of your own',
  options: OPTIONS,
  help: `usage: ocs-mock new-app ID [OPTIONS]

Writes a folder with an app that works: two operations, a table, a capability, a test, and appinfo/info.xml by which
a real Nextcloud knows an app of the same name. ID has lower-case letters, digits and underscores.

      --to FOLDER     where to write it; it must be empty or not there (default: ./ID)
      --name NAME     what the app is called (default: ID)
      --summary TEXT  one sentence for the list of apps
`,
  async run(args, io) {
    const { values, positionals } = readArguments('ocs-mock new-app', args, OPTIONS, true)
    const [id, ...others] = positionals
    if (id === undefined || others.length > 0) {
      throw new UserError('Write the id of one app. See "ocs-mock new-app --help".')
    }
    // Says what is wrong with the id, or whose it is.
    compose([defineApp(id, {})])
    const info = { name: values.name ?? id, version: VERSION, summary: values.summary ?? `What ${id} does` }
    const folder = values.to ?? id
    await writeFolder(folder, await filesOf({ id, info, from: 'ocs-mock' }, info))
    io.out.write(`Wrote an app to ${folder}. Next:

  npm install --save-dev ocs-mock msw vitest
  npx vitest run ${folder}
  npx ocs-mock serve --app-module ${join(folder, 'app.ts')}
`)
    return 0
  },
}

async function filesOf(app: NewApp, info: NonNullable<NewApp['info']>): Promise<Files> {
  const [nextcloud = 0] = findProfile().version
  return {
    ...appFiles(app),
    [`${app.id}.test.ts`]: ownTest(app),
    'appinfo/info.xml': await infoXml({ id: app.id, ...info, nextcloud }),
  }
}

/** @throws UserError where the folder has something in it, or cannot be written */
async function writeFolder(folder: string, files: Files): Promise<void> {
  const failed = (why: string) => new UserError(`Failed to write to ${folder}: ${why}`)
  const found = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw failed(error.code === 'ENOTDIR' ? 'it is a file.' : `${error.message}.`)
  })
  if (found.length > 0) throw failed('it is not empty. Name another folder with --to.')
  try {
    for (const [name, text] of Object.entries(files)) {
      const path = join(folder, name)
      await mkdir(dirname(path), { recursive: true })
      await writeFile(path, text)
    }
  } catch (error) {
    throw failed(`${messageOf(error)}.`)
  }
}
