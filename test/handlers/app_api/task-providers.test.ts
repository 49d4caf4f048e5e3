import { afterAll, beforeAll, describe } from 'vitest'
import { createOcsMock } from '#index.ts'
import { ExApp } from '../../support/exapp.ts'
import { directly, expect, it } from '../../support/ways.ts'

const PROVIDERS = '/apps/app_api/api/v1/ai_provider/task_processing'
const exApp = new ExApp('my_app_id')
/** An ExApp that says yes to everything. */
const agreeable = { outgoing: async () => Response.json({ status: 'ok' }) }
const seed = {
  users: [{ id: 'alice', password: 'secret' }],
  daemons: [{ name: 'manual_install' }],
  exApps: [{ id: 'my_app_id', daemon: 'manual_install', port: 9031, secret: exApp.secret }],
}
const provider = {
  id: 'p1',
  name: 'P One',
  task_type: 'core:text2text',
  expected_runtime: 30,
  optional_input_shape: [{ name: 'tone', description: 'The tone', shape_type: 6 }],
  optional_output_shape: [],
  input_shape_enum_values: {},
  input_shape_defaults: {},
  optional_input_shape_enum_values: { tone: [{ name: 'Low', value: 'low' }] },
  optional_input_shape_defaults: { tone: 'low' },
  output_shape_enum_values: {},
  optional_output_shape_enum_values: {},
}
const customTaskType = {
  id: 'my:type',
  name: 'Mine',
  description: 'D',
  input_shape: [{ name: 'input', description: 'In', shape_type: 1 }],
  output_shape: [{ name: 'output', description: 'Out', shape_type: 1 }],
}

directly(
  'task providers of an ExApp',
  seed,
  (way) => {
    const headers = exApp.headers('alice')
    const send = (method: string, path: string, json?: unknown) => way.ask(method, path, { headers, json })
    const as = 'alice:secret'
    const types = async () => (await way.ask('GET', '/taskprocessing/tasktypes', { as })).text
    const schedule = (type: string, input: object) =>
      way.ask('POST', '/taskprocessing/schedule', { as, json: { type, appId: 'test', input } })

    way.inEveryWay('are shown as texts of JSON, and removed', async () => {
      ;(await send('POST', PROVIDERS, { provider, customTaskType: null })).expectData([])
      const shown = await send('GET', `${PROVIDERS}?name=p1`)
      expect(shown.code).toBe(200)
      if (shown.isJson) {
        expect(shown.data).toMatchObject({
          id: 1,
          app_id: 'my_app_id',
          name: 'p1',
          display_name: 'P One',
          task_type: 'core:text2text',
          custom_task_type: 'null',
        })
        expect(JSON.parse((shown.data as { provider: string }).provider)).toMatchObject({
          id: 'p1',
          expected_runtime: 30,
        })
      }
      ;(await send('DELETE', PROVIDERS, { name: 'p1' })).expectData([])
      expect((await send('GET', `${PROVIDERS}?name=p1`)).code).toBe(404)
      expect((await send('DELETE', PROVIDERS, { name: 'p1' })).code).toBe(404)
    })

    it.each([
      ['without a name', { provider: { ...provider, name: undefined } }],
      ['whose runtime is a text', { provider: { ...provider, expected_runtime: '30' } }],
      [
        'whose slots have no type',
        { provider: { ...provider, optional_input_shape: [{ name: 'a', description: 'b' }] } },
      ],
      ['whose values have no names', { provider: { ...provider, input_shape_enum_values: { a: [{ value: 'b' }] } } }],
      ['of another type than its own', { provider, customTaskType }],
    ])('are refused: one %s', async (_, json) => {
      expect((await send('POST', PROVIDERS, json)).code).toBe(400)
    })

    way.inEveryWay('let tasks of their type be scheduled while the ExApp is enabled', async () => {
      expect((await schedule('core:text2text', { input: 'a' })).code).toBe(412)
      await send('POST', PROVIDERS, { provider })
      expect(await types()).toContain('core:text2text')
      const made = await schedule('core:text2text', { input: 'a', other: 'dropped' })
      expect(made.code).toBe(200)
      if (made.isJson) {
        const { task } = made.data as { task: { input: object; completionExpectedAt: number; scheduledAt: number } }
        expect(task.input).toEqual({ input: 'a', tone: 'low' })
        expect(task.completionExpectedAt - task.scheduledAt).toBe(30)
      }
      const wrong = await schedule('core:text2text', { input: 'a', tone: 'shrill' })
      expect(wrong.code).toBe(400)
      expect(wrong.text).toContain('expected one of the provided enum values')

      await way.ocs.occ('app_api:app:disable my_app_id')
      expect(await types()).not.toContain('core:text2text')
    })

    it('bring types of their own', async () => {
      await send('POST', PROVIDERS, { provider: { ...provider, task_type: 'my:type' }, customTaskType })
      expect(await types()).toContain('Mine')
      expect((await schedule('my:type', { input: 'a' })).code).toBe(200)
      await send('DELETE', PROVIDERS, { name: 'p1' })
      expect((await schedule('my:type', { input: 'a' })).code).toBe(412)
    })
  },
  agreeable,
)

describe('an ExApp that does tasks', () => {
  const real = new ExApp('my_app_id')
  beforeAll(() => real.start())
  afterAll(async () => {
    await real.stop()
  })

  it('is nudged, fetches the task and gives its result', async () => {
    const ocs = createOcsMock({ seed: real.seed })
    const ask = async (method: string, path: string, headers: Record<string, string>, json?: unknown) => {
      const response = await ocs.fetch(`http://localhost/ocs/v2.php${path}`, {
        method,
        headers: {
          ...headers,
          'OCS-APIRequest': 'true',
          Accept: 'application/json',
          'Content-Type': 'application/json',
        },
        ...(json === undefined ? {} : { body: JSON.stringify(json) }),
      })
      return ((await response.json()) as { ocs: { data: Record<string, never> } }).ocs.data
    }
    const me = { Authorization: `Basic ${btoa('admin:admin')}` }
    const theirs = real.headers()
    await ask('POST', PROVIDERS, theirs, { provider })
    const { task } = await ask('POST', '/taskprocessing/schedule', me, {
      type: 'core:text2text',
      appId: 'test',
      input: { input: 'question' },
    })
    expect(real.last).toMatchObject({ method: 'POST', url: '/trigger?providerId=p1' })

    const wanted = 'providerIds[]=p1&taskTypeIds[]=core:text2text'
    const next = await ask('GET', `/taskprocessing/tasks_provider/next?${wanted}`, theirs)
    expect(next).toMatchObject({ task: { input: { input: 'question', tone: 'low' } }, provider: { name: 'p1' } })
    const { id } = task as unknown as { id: number }
    await ask('POST', `/taskprocessing/tasks_provider/${id}/result`, theirs, { output: { output: 'answer' } })
    expect(await ask('GET', `/taskprocessing/task/${id}`, me)).toMatchObject({
      task: { status: 'STATUS_SUCCESSFUL', output: { output: 'answer' } },
    })
  })
})
