import { defineInitialState } from '#app/index.ts'
import { predefinedStatuses } from '#app/user-status.ts'
import * as accounts from '#world/accounts/accounts.ts'
import * as statuses from '#world/accounts/statuses.ts'
import * as users from '#world/accounts/users.ts'
import { ownStatus } from './format.ts'

const NO_STATUS = {
  message: null,
  messageId: null,
  messageIsPredefined: false,
  icon: null,
  clearAt: null,
  status: 'offline',
  statusIsUserDefined: false,
}

/** The status of whoever opened the page; who never had one is offline. */
export const statusStates = defineInitialState({
  data: [predefinedStatuses],
  provide: ({ world, profile, actor }) => {
    const userId = actor.userId!
    const found = statuses.settled(world, userId, predefinedStatuses.of(profile))
    return {
      status: found ? ownStatus(found) : { userId, ...NO_STATUS },
      profileEnabled: {
        profileEnabled: accounts.property(world, users.find(world, userId)!, 'profile_enabled').value === '1',
      },
    }
  },
})
