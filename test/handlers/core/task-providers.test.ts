import { provide } from '#world/processing/tasks.ts'
import { directly, expect, it, type OcsAnswer } from '../../support/ways.ts'

const alice = 'alice:secret'
const SEED = {
  users: [{ id: 'alice', password: 'secret' }],
  daemons: [{ name: 'manual_install' }],
  exApps: [{ id: 'brain', daemon: 'manual_install', port: 9031, secret: 'hidden' }],
}
const CONSUMER = '/taskprocessing/tasks_consumer'
const PROVIDER = '/taskprocessing/tasks_provider'
const TEXT = { input: { input: 'Hello' }, type: 'core:text2text', appId: 'brain' }
const SPEECH = 'core:text2speech'

/** What was sent to the ExApp; nobody is there. */
const sent: string[] = []
const outgoing: typeof fetch = async (address) => {
  sent.push(new URL(String(address instanceof Request ? address.url : address)).pathname)
  return new Response()
}

directly(
  'ExApps that do tasks',
  SEED,
  (way) => {
    /** Ask as the ExApp, on behalf of alice unless told otherwise. */
    const ask = (method: string, path: string, json?: object, user = 'alice') =>
      way.ask(method, path, {
        ...(json ? { json } : {}),
        headers: {
          'EX-APP-ID': 'brain',
          'EX-APP-VERSION': '1.0.0',
          'AA-VERSION': '34.0.0',
          'AUTHORIZATION-APP-API': Buffer.from(`${user}:hidden`).toString('base64'),
        },
      })
    const provideText = () =>
      provide(way.ocs.world, { id: 'brain:text', taskType: TEXT.type, exApp: 'brain', expectedRuntime: 5 })
    const schedule = (json: object = TEXT) => ask('POST', `${CONSUMER}/schedule`, json)
    const next = (query = '') =>
      ask('GET', `${PROVIDER}/next_batch?providerIds[]=brain:text&taskTypeIds[]=${TEXT.type}${query}`)
    const expectNotFound = (answer: OcsAnswer, message = 'Not found') => {
      expect(answer.code).toBe(404)
      answer.expectData({ message })
    }

    way.inEveryWay('see the kinds of tasks and schedule some', async () => {
      ;(await ask('GET', `${CONSUMER}/tasktypes`)).expectData({ types: [] })
      const early = await schedule()
      expect(early.code).toBe(412)
      early.expectData({ message: 'The given provider is not available' })
      provideText()
      expect((await ask('GET', `${CONSUMER}/tasktypes`)).text).toContain('Free text to text prompt')
      sent.length = 0
      const made = await schedule()
      expect(made.code).toBe(200)
      expect(made.text).toContain('STATUS_SCHEDULED')
      expect(sent).toEqual(['/trigger'])
      const wrong = await schedule({ ...TEXT, input: {} })
      expect(wrong.code).toBe(400)
      wrong.expectData({ message: 'Missing key: "input"' })
    })

    way.inEveryWay('look at, stop and delete tasks of the account for which they speak', async () => {
      provideText()
      await schedule()
      expect((await ask('GET', `${CONSUMER}/task/1`)).text).toContain('STATUS_SCHEDULED')
      expectNotFound(await ask('GET', `${CONSUMER}/task/1`, undefined, 'admin'), 'Task not found')
      expectNotFound(await ask('POST', `${CONSUMER}/tasks/1/cancel`, undefined, 'admin'))
      expect((await ask('POST', `${CONSUMER}/tasks/1/cancel`)).text).toContain('STATUS_CANCELLED')
      ;(await ask('DELETE', `${CONSUMER}/task/1`)).expectData(null)
      expectNotFound(await ask('GET', `${CONSUMER}/task/1`), 'Task not found')
    })

    way.inEveryWay('are handed tasks one after the other', async () => {
      provideText()
      for (let i = 0; i < 3; i++) await schedule()
      const two = await next('&numberOfTasks=2')
      expect(two.code).toBe(200)
      expect(two.text.match(/STATUS_RUNNING/g)).toHaveLength(2)
      const one = await next()
      expect(one.text.match(/STATUS_RUNNING/g)).toHaveLength(1)
      ;(await next()).expectData({ tasks: [], has_more: false })
      const none = await ask('GET', `${PROVIDER}/next?providerIds[]=brain:text&taskTypeIds[]=${TEXT.type}`)
      expect(none.status).toBe(way.version === 1 ? 200 : 204)
    })

    way.inEveryWay('say how far they are and how it ended', async () => {
      provideText()
      await schedule()
      const running = await ask('POST', `${PROVIDER}/1/progress`, { progress: 0.5 })
      expect(running.code).toBe(200)
      expect(running.text).toContain('STATUS_RUNNING')
      const done = await ask('POST', `${PROVIDER}/1/result`, { output: { output: 'Hi there' } })
      expect(done.text).toContain('STATUS_SUCCESSFUL')
      const seen = await way.ask('GET', '/taskprocessing/task/1', { as: alice })
      expect(seen.text).toContain('Hi there')
      await schedule()
      const failure = { errorMessage: 'secret', userFacingErrorMessage: 'Too hot' }
      const failed = await ask('POST', `${PROVIDER}/2/result`, failure)
      for (const part of ['STATUS_FAILED', 'Too hot']) expect(failed.text).toContain(part)
      expect(failed.text).not.toContain('secret')
      expectNotFound(await ask('POST', `${PROVIDER}/9/progress`, { progress: 0.5 }))
      expectNotFound(await ask('POST', `${PROVIDER}/9/result`, {}))
    })

    it('tell since when they work and how far they are', async () => {
      provideText()
      await schedule()
      const shown = async () => {
        const { task } = (await way.ask('GET', '/taskprocessing/task/1', { as: alice })).data as { task: object }
        return task
      }
      const now = way.ocs.world.clock.seconds()
      expect(await shown()).toMatchObject({ scheduledAt: now, startedAt: null, progress: 0 })
      await next()
      expect(await shown()).toMatchObject({ startedAt: now, progress: 0 })
      await ask('POST', `${PROVIDER}/1/progress`, { progress: 0.25 })
      expect(await shown()).toMatchObject({ startedAt: now, progress: 0.25 })
    })

    way.inEveryWay('upload files that become part of an output', async () => {
      provide(way.ocs.world, { id: 'brain:speech', taskType: SPEECH, exApp: 'brain', expectedRuntime: 5 })
      await schedule({ ...TEXT, type: SPEECH })
      expectNotFound(await ask('POST', `${PROVIDER}/9/file`))
      const nothing = await ask('POST', `${PROVIDER}/1/file`)
      expect(nothing.code).toBe(400)
      nothing.expectData({ message: 'Bad request' })

      const form = new FormData()
      form.set('file', new Blob(['sound']), 'speech.mp3')
      const uploaded = await way.fetch(`/ocs/v${way.version}.php${PROVIDER}/1/file?format=${way.format}`, {
        method: 'POST',
        headers: {
          'OCS-APIRequest': 'true',
          'EX-APP-ID': 'brain',
          'EX-APP-VERSION': '1.0.0',
          'AUTHORIZATION-APP-API': Buffer.from('alice:hidden').toString('base64'),
        },
        body: form,
      })
      expect(uploaded.status).toBe(way.version === 1 ? 200 : 201)
      const id = Number(/fileId\D+(\d+)/.exec(await uploaded.text())?.[1])
      await ask('POST', `${PROVIDER}/1/result`, { output: { speech: id } })
      const byProvider = await ask('GET', `${PROVIDER}/1/file/${id}`)
      const byOwner = await way.ask('GET', `/taskprocessing/tasks/1/file/${id}`, { as: alice })
      expect([byProvider.text, byOwner.text]).toEqual(['sound', 'sound'])
      expectNotFound(await ask('GET', `${PROVIDER}/1/file/${id + 1}`))
      expectNotFound(await way.ask('GET', `/taskprocessing/tasks/1/file/${id + 1}`, { as: alice }))
    })
  },
  { outgoing },
)
