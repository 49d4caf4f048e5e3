import * as activityRules from '#handlers/activity/state/rules.ts'
import * as profiles from '#handlers/core/state/account-profiles.ts'
import * as collections from '#handlers/core/state/collections.ts'
import * as absences from '#handlers/dav/state/absences.ts'
import * as transfers from '#handlers/files/state/transfers.ts'
import * as pushDevices from '#handlers/notifications/state.ts'
import * as loginAttempts from '#handlers/twofactor_nextcloud_notification/state.ts'
import * as accounts from './accounts/accounts.ts'
import * as circles from './accounts/circles.ts'
import * as contacts from './accounts/contacts.ts'
import * as passwordPolicy from './accounts/password-policy.ts'
import * as statuses from './accounts/statuses.ts'
import * as tokens from './accounts/tokens.ts'
import * as twoFactor from './accounts/two-factor.ts'
import * as exAppRegistrations from './exapps/registrations.ts'
import * as exAppTaskProviders from './exapps/task-providers.ts'
import * as appdata from './files/appdata.ts'
import * as comments from './files/comments.ts'
import * as homes from './files/homes.ts'
import * as fileLocks from './files/locks.ts'
import * as fileReminders from './files/reminders.ts'
import * as trash from './files/trash.ts'
import * as notifications from './notices/notifications.ts'
import * as operationNotices from './notices/operation-notices.ts'
import * as downloadLimits from './sharing/download-limits.ts'
import * as externalShares from './sharing/external-shares.ts'
import * as shares from './sharing/shares.ts'
import type { Reaction } from './world.ts'

/**
 * What follows inside the world from an event, in this order: an account that is removed takes its shares along.
 * A module that must react to another one's events adds its function here.
 */
export const REACTIONS: readonly Reaction[] = [
  absences.react,
  accounts.react,
  passwordPolicy.react,
  shares.react,
  externalShares.react,
  activityRules.react,
  operationNotices.react,
  notifications.react,
  pushDevices.react,
  statuses.react,
  tokens.react,
  contacts.react,
  collections.react,
  circles.react,
  profiles.react,
  twoFactor.react,
  loginAttempts.react,
  appdata.react,
  homes.react,
  downloadLimits.react,
  fileLocks.react,
  trash.react,
  fileReminders.react,
  comments.react,
  transfers.react,
  // First what tasks the ExApp did, then what it had registered.
  exAppTaskProviders.react,
  exAppRegistrations.react,
]
