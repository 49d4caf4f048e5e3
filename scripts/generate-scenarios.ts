/**
 * Writes what follows from the format of scenarios, from `scenarios/*.yaml` and from the dashboard:
 * `scenarios/schema.json`, `scenarios/shipped.json`, `dashboard/page.json`. `--check` only says whether they are fresh.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { readScenarioFile } from '#cli/scenario-file.ts'
import { compose } from '#compose.ts'
import { UserError } from '#lib/errors.ts'
import { scenarioJsonSchema } from '#scenario/format.ts'

const { catalogue, actions } = compose()
const root = new URL('../', import.meta.url).pathname

/** Scenarios by name. One that cannot be, as when the app that it is about is gone, is named and left out. */
async function shipped(): Promise<Record<string, unknown>> {
  const files = readdirSync(`${root}scenarios`).filter((file) => file.endsWith('.yaml'))
  const all = files.sort().map(async (file) => {
    try {
      return [(await readScenarioFile(`${root}scenarios/${file}`)).scenario]
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      console.error(error.message)
      process.exitCode = 1
      return []
    }
  })
  return Object.fromEntries((await Promise.all(all)).flat().map((scenario) => [scenario.name, scenario]))
}

const texts: Readonly<Record<string, string>> = {
  'scenarios/schema.json': `${JSON.stringify(scenarioJsonSchema({ seedMembers: catalogue.rules.seedMembers, actions }), null, 1)}\n`,
  'scenarios/shipped.json': `${JSON.stringify(await shipped(), null, 1)}\n`,
  'dashboard/page.json': `${JSON.stringify({ html: readFileSync(`${root}dashboard/index.html`, 'utf8') })}\n`,
}

for (const [file, text] of Object.entries(texts)) {
  const path = root + file
  if (existsSync(path) && readFileSync(path, 'utf8') === text) continue
  if (process.argv.includes('--check')) {
    console.error(`${file} is stale. Run "npm run generate".`)
    process.exitCode = 1
    continue
  }
  writeFileSync(path, text)
  console.log(`${file}: ${Math.ceil(text.length / 1024)} KB`)
}
