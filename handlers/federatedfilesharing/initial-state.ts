import { apps, defineInitialState } from '#app/index.ts'

/** Whether shares of other servers are told by notifications, or by a dialog. */
export const remoteShareStates = defineInitialState({
  pages: ['files'],
  provide: ({ world }) => ({ notificationsEnabled: apps.isEnabled(world, 'notifications') }),
})
