/**
 * Writes what the manual has from schemas and from the control API: `docs/seed-reference.md`, `docs/scenario-reference.md`,
 * `docs/control-api-reference.md` and `spec/control-api.json`. `--check` only says whether they are fresh.
 */
import { readFileSync } from 'node:fs'
import { CONTROL_CALLS } from '#control/calls.ts'
import { controlOpenApi } from '#control/openapi.ts'
import { OcsMock } from '#mock.ts'
import { controlPage } from './reference/control-page.ts'
import { schemaPage } from './reference/schema-page.ts'
import { keepFresh } from './support/keep-fresh.ts'

const root = new URL('../', import.meta.url).pathname
const schemaOf = (file: string) => JSON.parse(readFileSync(`${root}scenarios/${file}`, 'utf8'))

keepFresh({
  'docs/seed-reference.md': schemaPage({
    order: 231,
    title: 'Seed reference',
    lead: 'Every member of a seed. `users[].id` is the member `id` of each of `users`; `files.*` is a member of any name.\n[Seeds](seeds.md) has examples.',
    schema: schemaOf('seed.schema.json'),
  }),
  'docs/scenario-reference.md': schemaPage({
    order: 251,
    title: 'Scenario reference',
    lead: 'Every member of a scenario. [Scenarios](scenarios.md) says what triggers and actions do.',
    schema: schemaOf('schema.json'),
    elsewhere: { seed: 'seed-reference.md' },
  }),
  'docs/control-api-reference.md': controlPage(CONTROL_CALLS),
  'spec/control-api.json': `${JSON.stringify(controlOpenApi(CONTROL_CALLS, new OcsMock().scenarioVocabulary), null, 1)}\n`,
})
