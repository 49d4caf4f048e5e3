import { flushPromises, mount } from '@vue/test-utils'
import { defineApp, defineInitialState } from 'ocs-mock'
import { ocsTest } from 'ocs-mock/vitest'
import { beforeEach, describe, expect, vi } from 'vitest'

/** What our app's PHP hands to its page. */
const greeter = defineApp('greeter', {
  initialStates: [defineInitialState({ provide: () => ({ greeting: 'Hello' }) })],
})

const test = ocsTest({
  apps: [greeter],
  seed: {
    users: [{ id: 'alice', displayName: 'Alice Adams' }],
    statuses: [{ user: 'alice', status: 'online' }],
  },
  signedInAs: 'alice',
  page: true,
})

/** Nextcloud's libraries remember what they read of a page, so each test loads the component anew. */
async function show() {
  const { default: StatusNote } = await import('./StatusNote.vue')
  const wrapper = mount(StatusNote)
  await vi.waitUntil(async () => {
    await flushPromises()
    return !wrapper.find('[data-test=status]').exists() || wrapper.get('[data-test=status]').text() !== ''
  })
  return wrapper
}

beforeEach(() => {
  vi.resetModules()
})

describe('the note about a status', () => {
  test('greets who is logged in, and shows the status', async () => {
    const wrapper = await show()
    expect(wrapper.get('h2').text()).toBe('Hello, Alice Adams')
    expect(wrapper.get('[data-test=status]').text()).toBe('online')
  })

  test('changes it', async ({ ocs }) => {
    const wrapper = await show()
    await wrapper.get('button').trigger('click')
    await vi.waitFor(() => expect(wrapper.get('[data-test=status]').text()).toBe('away'))
    expect(ocs).toHaveReceived({ operation: 'user_status-set-status', actor: 'alice', times: 1 })
  })

  test('says what the server says when it cannot', async ({ ocs }) => {
    const wrapper = await show()
    ocs.faults.add({ on: { method: 'PUT' }, fail: { status: 400, message: 'Not today' } })
    await wrapper.get('button').trigger('click')
    await vi.waitFor(() => expect(wrapper.text()).toContain('Not today'))
  })

  describe('on a server without statuses', () => {
    test.override({ ocsOptions: { seed: { users: [{ id: 'alice' }], apps: { disabled: ['user_status'] } } } })

    test('shows none', async () => {
      const wrapper = await show()
      expect(wrapper.text()).toContain('This server has no statuses.')
      expect(wrapper.find('button').exists()).toBe(false)
    })
  })
})
