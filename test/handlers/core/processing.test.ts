import { provide } from '#world/processing/tasks.ts'
import { provide as provideText } from '#world/processing/text-tasks.ts'
import { detectAs, provide as provideTranslation } from '#world/processing/translation.ts'
import { directly, expect, it } from '../../support/ways.ts'

const alice = 'alice:secret'
const SEED = {
  users: [
    { id: 'alice', password: 'secret' },
    { id: 'bob', password: 'secret' },
  ],
}

directly('task processing', SEED, (way) => {
  const text2text = { id: 'fake-text', taskType: 'core:text2text', exApp: null, expectedRuntime: 5 }
  const schedule = (json: object, as = alice) => way.ask('POST', '/taskprocessing/schedule', { as, json })
  const task = { input: { input: 'Hello', extra: 1 }, type: 'core:text2text', appId: 'files' }

  it('knows no kinds of tasks that nobody provides', async () => {
    const answer = await way.ask('GET', '/taskprocessing/tasktypes', { as: alice })
    answer.expectData({ types: [] })
    const refused = await schedule(task)
    expect(refused.code).toBe(412)
    refused.expectData({ message: 'The given provider is not available' })
  })

  it('lists the kinds of tasks that someone provides', async () => {
    provide(way.ocs.world, text2text)
    const answer = await way.ask('GET', '/taskprocessing/tasktypes', { as: alice })
    expect(answer.text).toContain('Free text to text prompt')
  })

  way.inEveryWay('does a scheduled task by the time it is looked at again', async () => {
    provide(way.ocs.world, { ...text2text, output: { output: 'Hi there' } })
    const made = await schedule(task)
    expect(made.code).toBe(200)
    expect(made.text).toContain('STATUS_SCHEDULED')
    const stats = await way.ask('GET', '/taskprocessing/queue_stats', { as: 'admin:admin' })
    stats.expectData({ scheduled_count: 1, running_count: 0 })
    const done = await way.ask('GET', '/taskprocessing/task/1', { as: alice })
    expect(done.text).toContain('STATUS_SUCCESSFUL')
    expect(done.text).toContain('Hi there')
  })

  it('makes up the same text for the same world', async () => {
    const outputs: string[] = []
    for (let i = 0; i < 2; i++) {
      way.ocs.reset()
      provide(way.ocs.world, text2text)
      await schedule(task)
      const { text } = await way.ask('GET', '/taskprocessing/task/1', { as: alice })
      outputs.push(/(?:<output>\s*<output>|"output":\{"output":")([^<"]+)/.exec(text)![1]!)
    }
    expect(outputs[0]).toBe(outputs[1])
    expect(outputs[0]!.length).toBeGreaterThan(10)
  })

  it('says what is wrong with an input', async () => {
    provide(way.ocs.world, text2text)
    const missing = await schedule({ ...task, input: {} })
    expect(missing.code).toBe(400)
    missing.expectData({ message: 'Missing key: "input"' })
    const wrong = await schedule({ ...task, input: { input: ['x'] } })
    wrong.expectData({ message: 'Failed to validate input key "input": Non-text item provided for Text slot' })
  })

  it('keeps the tasks of others to themselves', async () => {
    provide(way.ocs.world, text2text)
    await schedule(task)
    expect((await way.ask('GET', '/taskprocessing/task/1', { as: 'bob:secret' })).code).toBe(404)
    const theirs = await way.ask('GET', '/taskprocessing/tasks', { as: 'bob:secret' })
    theirs.expectData({ tasks: [] })
    expect((await way.ask('POST', '/taskprocessing/tasks/1/cancel', { as: 'bob:secret' })).code).toBe(404)
  })

  way.inEveryWay('stops and deletes a task', async () => {
    provide(way.ocs.world, { ...text2text, exApp: 'someone' })
    await schedule(task)
    const stopped = await way.ask('POST', '/taskprocessing/tasks/1/cancel', { as: alice })
    expect(stopped.text).toContain('STATUS_CANCELLED')
    const deleted = await way.ask('DELETE', '/taskprocessing/task/1', { as: alice })
    deleted.expectData(null)
    expect((await way.ask('GET', '/taskprocessing/task/1', { as: alice })).code).toBe(404)
  })

  way.inEveryWay('gives the tasks of an app, or of an id of its own', async () => {
    provide(way.ocs.world, text2text)
    await schedule({ ...task, customId: 'mine' })
    const count = async (path: string) =>
      ((await way.ask('GET', path, { as: alice })).text.match(/STATUS_/g) ?? []).length
    expect(await count('/taskprocessing/tasks/app/files')).toBe(1)
    expect(await count('/taskprocessing/tasks/app/files?customId=other')).toBe(0)
    expect(await count('/taskprocessing/tasks?taskType=core:text2text&customId=mine')).toBe(1)
    expect(await count('/taskprocessing/tasks/app/other')).toBe(0)
  })

  it('lets only ExApps provide', async () => {
    const answer = await way.ask('GET', '/taskprocessing/tasks_provider/next?providerIds[]=a&taskTypeIds[]=b', {
      as: alice,
    })
    expect([answer.status, answer.text]).toEqual([412, '{"message":"ExApp required"}'])
  })
})

directly('texts and translations', SEED, (way) => {
  const FREE = 'OCP\\TextProcessing\\FreePromptTaskType'

  way.inEveryWay('does a text task at once where someone provides it', async () => {
    const json = { input: 'x', type: FREE, appId: 'files' }
    const refused = await way.ask('POST', '/textprocessing/schedule', { as: alice, json })
    refused.expectData({ message: 'Necessary language model provider is not available' })
    provideText(way.ocs.world, FREE, 'An answer')
    const done = await way.ask('POST', '/textprocessing/schedule', { as: alice, json })
    expect(done.code).toBe(200)
    expect(done.text).toContain('An answer')
    expect((await way.ask('GET', '/textprocessing/tasks/app/files', { as: alice })).text).toContain('An answer')
    expect((await way.ask('GET', '/textprocessing/task/1', { as: alice })).text).toContain('An answer')
    expect((await way.ask('DELETE', '/textprocessing/task/1', { as: alice })).code).toBe(200)
    expect((await way.ask('DELETE', '/textprocessing/task/1', { as: alice })).code).toBe(404)
    expect((await way.ask('GET', '/textprocessing/task/1', { as: alice })).code).toBe(404)
  })

  it('refuses texts that are too long', async () => {
    const input = 'x'.repeat(64_001)
    const text = await way.ask('POST', '/textprocessing/schedule', {
      as: alice,
      json: { input, type: FREE, appId: 'a' },
    })
    expect(text.code).toBe(400)
    const translated = await way.ask('POST', '/translation/translate', { json: { text: input, toLanguage: 'de' } })
    translated.expectData({ message: 'Input text is too long' })
  })

  way.inEveryWay('translates what it has a pair of languages for', async () => {
    const json = { text: 'Hello', toLanguage: 'de' }
    const ask = (more = {}) => way.ask('POST', '/translation/translate', { as: alice, json: { ...json, ...more } })
    expect((await ask()).code).toBe(412)
    provideTranslation(way.ocs.world, { from: 'en', fromLabel: 'English', to: 'de', toLabel: 'German' })
    ;(await ask()).expectData({ message: 'Could not detect language' })
    ;(await ask({ fromLanguage: 'fr' })).expectData({ message: 'Unable to translate', from: 'fr' })
    detectAs(way.ocs.world, 'en')
    const done = await ask()
    expect(done.code).toBe(200)
    expect(done.text).toContain('[de] ')
    const languages = await way.ask('GET', '/translation/languages')
    languages.expectData({
      languages: [{ from: 'en', fromLabel: 'English', to: 'de', toLabel: 'German' }],
      languageDetection: true,
    })
  })

  way.inEveryWay('lists the kinds of texts that someone works on', async () => {
    ;(await way.ask('GET', '/textprocessing/tasktypes')).expectData({ types: [] })
    provideText(way.ocs.world, FREE, 'An answer')
    const types = await way.ask('GET', '/textprocessing/tasktypes')
    expect(types.code).toBe(200)
    expect(types.text).toContain('FreePromptTaskType')
  })

  way.inEveryWay('breaks on images as a real 34.0.1 does', async () => {
    const broken = async (method: string, path: string) => {
      const answer = await way.ask(method, `/text2image/${path}`, { as: alice })
      expect([answer.code, answer.message]).toEqual([996, 'Internal Server Error\n'])
    }
    await broken('GET', 'is_available')
    await broken('POST', 'schedule')
    await broken('GET', 'task/1')
    await broken('DELETE', 'task/1')
    await broken('GET', 'task/1/image/0')
    await broken('GET', 'tasks/app/files')
  })
})
