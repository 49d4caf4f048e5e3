import { createOcsMock, defineApp, type Seed } from '#index.ts'
import * as files from '#world/files/files.ts'
import { directly, expect, it } from '../../support/ways.ts'

const FORMS = '/apps/forms/api/v3/forms'
const SEED = {
  users: ['alice', 'bob', 'carol'].map((id) => ({ id, password: 'secret' })),
  groups: [{ id: 'staff' }],
  forms: [
    {
      owner: 'alice',
      title: 'Lunch',
      questions: [
        { text: 'What?', type: 'dropdown', options: ['Soup', 'Salad'] },
        { text: 'Why?', required: true },
      ],
      shares: [{ with: 'bob' }, { type: 'link', with: 'sharedbylink' }],
      submissions: [{ by: 'bob', answers: ['Soup', 'Hungry'] }],
    },
  ],
  clock: { now: '2026-03-02T10:00:00Z', frozen: true },
} satisfies Seed

directly('the Forms app', SEED, (way) => {
  const ask = (method: string, path: string, json?: unknown, as = 'alice:secret') =>
    way.ask(method, path.startsWith('/') ? path : `${FORMS}/${path}`, { as, ...(json === undefined ? {} : { json }) })
  const pairs = (keyValuePairs: object) => ({ keyValuePairs })
  const codes = async (...asked: Promise<{ code: number }>[]) => (await Promise.all(asked)).map(({ code }) => code)

  way.inEveryWay('makes forms, lists, changes, copies and removes them', async () => {
    expect((await ask('POST', FORMS)).code).toBe(201)
    expect((await ask('POST', FORMS, { fromId: 1 })).code).toBe(201)
    ;(await ask('PATCH', '2', pairs({ title: 'Dinner' }))).expectData(2)
    expect(
      await codes(ask('GET', FORMS), ask('GET', '2'), ask('GET', `${FORMS}?type=shared`, undefined, 'bob:secret')),
    ).toEqual([200, 200, 200])
    ;(await ask('DELETE', '2')).expectData(2)
    expect((await ask('GET', '2')).status).toBe(404)
  })

  way.inEveryWay('has questions that are made, read, changed, moved and removed', async () => {
    expect((await ask('POST', '1/questions', { type: 'long', text: 'More?' })).code).toBe(201)
    ;(await ask('PATCH', '1/questions/3', pairs({ description: 'If you like' }))).expectData(3)
    expect(await codes(ask('GET', '1/questions'), ask('GET', '1/questions/3'))).toEqual([200, 200])
    expect((await ask('PATCH', '1/questions', { newOrder: [3, 2, 1] })).code).toBe(200)
    ;(await ask('DELETE', '1/questions/3')).expectData(3)
  })

  way.inEveryWay('has options that are made, changed, moved and removed', async () => {
    const made = await ask('POST', '1/questions/1/options', { optionTexts: ['Cake'] })
    expect(made.code).toBe(201)
    made.expectData([{ id: 3, questionId: 1, order: 3, text: 'Cake', optionType: 'choice' }])
    ;(await ask('PATCH', '1/questions/1/options/3', pairs({ text: 'Pie' }))).expectData(3)
    expect((await ask('PATCH', '1/questions/1/options', { newOrder: [3, 2, 1] })).code).toBe(200)
    ;(await ask('DELETE', '1/questions/1/options/3')).expectData(3)
  })

  way.inEveryWay('is shared, and taken back', async () => {
    const share = { shareType: 1, shareWith: 'staff', permissions: ['submit', 'results'] }
    const made = await ask('POST', '1/shares', share)
    expect(made.code).toBe(201)
    made.expectData({ id: 3, formId: 1, ...share, displayName: 'staff' })
    ;(await ask('PATCH', '1/shares/3', pairs({ permissions: ['submit'] }))).expectData(3)
    ;(await ask('DELETE', '1/shares/3')).expectData(3)
  })

  way.inEveryWay("gives tokens where links may have some of one's own", async () => {
    const allow = await way.fetch('/index.php/apps/forms/config', {
      method: 'PATCH',
      headers: {
        Authorization: `Basic ${btoa('admin:admin')}`,
        'OCS-APIRequest': 'true',
        'Content-Type': 'application/json',
      },
      body: JSON.stringify({ configKey: 'allowCustomPublicShareTokens', configValue: true }),
    })
    expect([allow.status, await allow.text()]).toEqual([200, '[]'])
    expect((await ask('GET', '/apps/forms/api/v3/token')).code).toBe(200)
    const shown = await way.fetch('/index.php/apps/forms/config', {
      headers: { Authorization: `Basic ${btoa('admin:admin')}`, 'OCS-APIRequest': 'true' },
    })
    expect(await shown.json()).toMatchObject({ allowCustomPublicShareTokens: true, canCreateForms: true })
  })

  way.inEveryWay('takes answers, shows and changes them, and forgets them', async () => {
    expect((await ask('POST', '1/submissions', { answers: { 1: ['1'], 2: ['Always'] } })).code).toBe(201)
    expect(await codes(ask('GET', '1/submissions'), ask('GET', '1/submissions/2'))).toEqual([200, 200])
    ;(await ask('PUT', '1/submissions/2', { answers: { 2: ['Never'] } })).expectData(2)
    ;(await ask('POST', '1/submissions/export', { path: '/' })).expectData('Lunch (responses).csv')
    ;(await ask('DELETE', '1/submissions/2')).expectData(2)
    ;(await ask('DELETE', '1/submissions')).expectData(1)
  })

  way.inEveryWay('takes files before the answers that name them', async () => {
    await ask('POST', '1/questions', { type: 'file', text: 'Photo' })
    const body = new FormData()
    body.append('files[]', new File(['a'], 'a.txt'))
    body.append('files[]', new File(['b'], 'b.txt'))
    const response = await way.fetch(`/ocs/v${way.version}.php${FORMS}/1/submissions/files/3`, {
      method: 'POST',
      headers: {
        Authorization: `Basic ${btoa('bob:secret')}`,
        'OCS-APIRequest': 'true',
        Accept: `application/${way.format}`,
      },
      body,
    })
    expect(response.status).toBe(200)
    const sent = await response.text()
    expect(sent).toContain('a.txt')
    expect(sent).toContain('b.txt')
  })

  way.inEveryWay('cannot say whether a page of elsewhere may ask', async () => {
    expect((await way.ask('OPTIONS', FORMS, { as: 'alice:secret' })).code).toBe(996)
  })

  it('answers a table of what was answered', async () => {
    const csv = await ask('GET', '1/submissions?fileFormat=csv')
    expect(csv.headers.get('content-disposition')).toBe('attachment; filename="Lunch (responses).csv"')
    expect(csv.text).toBe(
      '"User ID","User display name","Timestamp","What?","Why?"\n"bob","bob","2026-03-02T10:00:00+00:00","Soup","Hungry"\n',
    )
    for (const [format, magic] of [
      ['ods', 'mimetypeapplication/vnd.oasis.opendocument.spreadsheet'],
      ['xlsx', '[Content_Types].xml'],
    ]) {
      const table = await ask('GET', `1/submissions?fileFormat=${format}`)
      expect(table.text.startsWith('PK')).toBe(true)
      expect(table.text).toContain(magic)
      expect(table.text).toContain('Hungry')
    }
  })

  it('writes new answers to the file that it is linked with', async () => {
    await ask('PATCH', '1', pairs({ path: '/', fileFormat: 'csv' }))
    await ask('POST', '1/submissions', { answers: { 2: ['=1+1'] } })
    const { node } = files.resolve(way.ocs.world, 'alice', '/Lunch (responses).csv')!
    const text = new TextDecoder().decode(files.bytesOf(files.contentOf(way.ocs.world, node)))
    expect(text).toContain('"alice","alice","2026-03-02T10:00:00+00:00","","\'=1+1"')
    expect((await ask('GET', '1')).data).toMatchObject({ filePath: '/Lunch (responses).csv', fileFormat: 'csv' })
  })

  it('shows the page behind a link with the form in it', async () => {
    const page = await (await way.fetch('/index.php/apps/forms/s/sharedbylink')).text()
    const state = /initial-state-forms-form" value="([^"]+)"/.exec(page)![1]!
    expect(JSON.parse(atob(state))).toMatchObject({ title: 'Lunch', canSubmit: true })
    expect(state).not.toContain(btoa('ownerId').slice(0, 8))
    const other = await (await way.fetch('/index.php/apps/forms/embed/sharedbylink')).text()
    expect(other).toContain(`initial-state-forms-renderAs" value="${btoa('"notfound"')}"`)
  })

  it('leads from the address of a form to where it is answered', async () => {
    const { data } = await ask('GET', '1')
    const { hash } = data as { hash: string }
    const response = await way.fetch(`/index.php/apps/forms/${hash}`, { redirect: 'manual' })
    expect([response.status, response.headers.get('location')]).toEqual([
      303,
      `/index.php/login?redirect_url=/index.php/apps/forms/${hash}/submit`,
    ])
  })

  it('tells of answers among the activities, and is found by search', async () => {
    await ask('POST', '1/submissions', { answers: { 2: ['Why not'] } })
    const stream = await ask('GET', '/apps/activity/api/v2/activity/forms')
    expect(stream.data).toMatchObject([{ app: 'forms', subject: 'Your form Lunch was answered by alice' }])
    const found = await ask('GET', '/search/providers/forms/search?term=LUN', undefined, 'carol:secret')
    expect(found.data).toMatchObject({ entries: [] })
    const own = await ask('GET', '/search/providers/forms/search?term=LUN')
    expect(own.data).toMatchObject({ name: 'Forms', entries: [{ title: 'Lunch' }] })
  })

  it('goes with its owner', async () => {
    await ask('DELETE', '/cloud/users/alice', undefined, 'admin:admin')
    expect((await ask('GET', '1', undefined, 'bob:secret')).status).toBe(404)
  })
})

it("is not there before somebody enables it, and gives way to an app of one's own", async () => {
  const status = async (ocs: ReturnType<typeof createOcsMock>) => {
    const headers = { Authorization: `Basic ${btoa('admin:admin')}`, 'OCS-APIRequest': 'true' }
    return (await ocs.fetch(`https://cloud.example.com/ocs/v2.php${FORMS}`, { headers })).status
  }
  expect(await status(createOcsMock())).toBe(404)
  expect(await status(createOcsMock({ seed: { apps: { enabled: ['forms'] } } }))).toBe(200)
  expect(await status(createOcsMock({ apps: [defineApp('forms', {})] }))).toBe(404)
})
