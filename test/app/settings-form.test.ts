import { describe, expect, it } from 'vitest'
import { createOcsMock, defineApp, defineSettingsForm } from '#index.ts'
import { getApp, getUser, setApp, setUser } from '#world/settings/config.ts'
import { ask } from '../support/ask.ts'

const common = { section_id: 'zoo', storage_type: 'external' } as const

const zoo = defineApp('zoo', {
  settingsForms: [
    defineSettingsForm({
      schema: {
        ...{ ...common, id: 'zoo-admin', priority: 90, section_type: 'admin', title: 'Zoo' },
        fields: [{ id: 'open', title: 'Open', type: 'checkbox', default: false }],
      },
      value: ({ id }, { world }) => getApp(world, 'zoo', id, '0') === '1',
      setValue: ({ id }, value, { world }) => setApp(world, 'zoo', id, value ? '1' : '0'),
    }),
    defineSettingsForm(({ world, me }) =>
      getApp(world, 'zoo', 'broken') === 'yes'
        ? 'broken-form'
        : [
            {
              schema: {
                ...{ ...common, id: 'zoo-own', priority: 1, section_type: 'personal', title: `Zoo of ${me}` },
                fields: [{ id: 'den', title: 'Den', type: 'text', default: 'none' }],
              },
              value: ({ id, default: fallback }) => getUser(world, me, 'zoo', id, String(fallback)),
              setValue: ({ id }, value) => setUser(world, me, 'zoo', id, String(value)),
            },
          ],
    ),
  ],
})

describe("a form of settings of one's own", () => {
  const ocs = createOcsMock({ apps: [zoo], seed: { users: [{ id: 'alice' }] } })
  const titles = async (as: string) =>
    ((await ask(ocs, 'GET', '/settings/api/declarative/forms', { as })).data as { title: string }[]).map(
      ({ title }) => title,
    )
  const save = (as: string, json: object) => ask(ocs, 'POST', '/settings/api/declarative/value', { as, json })

  it('is listed by its priority, for those whom it concerns', async () => {
    expect(await titles('admin')).toEqual(['Zoo', 'System Address Book', 'Mail Providers', 'Zoo of admin'])
    expect(await titles('alice')).toEqual(['Zoo of alice'])
  })

  it('keeps what is filled in', async () => {
    const admin = { app: 'zoo', formId: 'zoo-admin', fieldId: 'open', value: true }
    expect((await save('alice', admin)).status).toBe(403)
    expect((await save('admin', { ...admin, formId: 'zoo-own' })).status).toBe(200)
    expect(getApp(ocs.world, 'zoo', 'open')).toBe('')
    expect((await save('admin', admin)).status).toBe(200)
    const { data } = await ask(ocs, 'GET', '/settings/api/declarative/forms')
    expect((data as unknown[])[0]).toEqual({
      ...{ ...common, id: 'zoo-admin', priority: 90, section_type: 'admin', title: 'Zoo', app: 'zoo' },
      fields: [{ id: 'open', title: 'Open', type: 'checkbox', default: false, value: true }],
    })
    expect((await save('admin', { app: 'zoo', formId: 'zoo-own', fieldId: 'nose', value: 1 })).status).toBe(400)
  })

  it('spoils all others where it cannot be, and goes with its app', async () => {
    setApp(ocs.world, 'zoo', 'broken', 'yes')
    expect((await ask(ocs, 'GET', '/settings/api/declarative/forms')).status).toBe(500)
    ocs.reset({ apps: { disabled: ['zoo'] } })
    expect(await titles('alice')).toEqual([])
    ocs.reset()
  })
})
