import assert from 'node:assert/strict'
import { once } from 'node:events'
import { after, before, test } from 'node:test'
import { serve } from 'ocs-mock/server'
import { createExApp } from './exapp.js'

const ID = 'summaries'
const SECRET = '12345'
let fake
let exApp

before(async () => {
  fake = await serve({ seed: { users: [{ id: 'alice', password: 'alice' }] } })
  exApp = createExApp({ nextcloud: fake.url, id: ID, version: '1.0.0', secret: SECRET })
  await new Promise((done) => exApp.listen(0, '127.0.0.1', done))
})
after(async () => {
  exApp.closeAllConnections()
  exApp.close()
  await fake.close()
})

const occ = async (...words) => {
  const { exitCode, stdout, stderr } = await fake.mock.occ(words)
  assert.equal(exitCode, 0, stdout + stderr)
  return stdout
}

async function ask(method, path, body) {
  const response = await fetch(`${fake.url}/ocs/v2.php${path}`, {
    method,
    headers: {
      Authorization: `Basic ${btoa('alice:alice')}`,
      'OCS-APIRequest': 'true',
      Accept: 'application/json',
      'Content-Type': 'application/json',
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  return (await response.json()).ocs.data
}

test('it is registered, initialised and enabled', async () => {
  await occ('app_api:daemon:register', 'manual', 'Manual', 'manual-install', 'http', '127.0.0.1', fake.url)
  const info = { name: 'Summaries', version: '1.0.0', port: exApp.address().port, secret: SECRET }
  // It is enabled right behind its initialisation, and says then what it adds.
  const registered = once(exApp, 'registered')
  await occ('app_api:app:register', ID, 'manual', '--wait-finish', `--json-info=${JSON.stringify(info)}`)
  await registered
  assert.match(await occ('app_api:app:list'), /summaries \(Summaries\): 1\.0\.0 \[enabled\]/)
})

test('it has a command', async () => {
  assert.equal(await occ(`${ID}:summarise`, 'One. Two. Three.'), 'One. (16 characters)\n')
})

test('it stands in the menu', async () => {
  const entries = await ask('GET', '/core/navigation/apps')
  assert.ok(
    entries.some(({ name }) => name === 'Summaries'),
    JSON.stringify(entries),
  )
})

test('it does the tasks of an account', async () => {
  const { task } = await ask('POST', '/taskprocessing/schedule', {
    type: 'core:text2text:summary',
    appId: 'notes',
    input: { input: 'One. Two. Three.' },
  })
  assert.equal(task.status, 'STATUS_SCHEDULED')
  assert.equal(await exApp.work(), true)
  const { task: done } = await ask('GET', `/taskprocessing/task/${task.id}`)
  assert.deepEqual([done.status, done.output.output], ['STATUS_SUCCESSFUL', 'One. (16 characters)'])
})

test('it is gone once it is unregistered', async () => {
  await occ('app_api:app:unregister', ID, '--silent')
  assert.equal((await fake.mock.occ([`${ID}:summarise`, 'One.'])).exitCode, 1)
})
