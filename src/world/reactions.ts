import * as absences from './absences.ts'
import * as accounts from './accounts.ts'
import * as activityRules from './activity/rules.ts'
import * as appdata from './appdata.ts'
import * as circles from './circles.ts'
import * as collections from './collections.ts'
import * as comments from './comments.ts'
import * as contacts from './contacts.ts'
import * as downloadLimits from './download-limits.ts'
import * as exAppRegistrations from './exapp-registrations.ts'
import * as exAppTaskProviders from './exapp-task-providers.ts'
import * as externalShares from './external-shares.ts'
import * as fileLocks from './file-locks.ts'
import * as fileReminders from './file-reminders.ts'
import * as homes from './homes.ts'
import * as loginAttempts from './login-attempts.ts'
import * as notifications from './notifications.ts'
import * as operationNotices from './operation-notices.ts'
import * as passwordPolicy from './password-policy.ts'
import * as profiles from './profiles.ts'
import * as pushDevices from './push-devices.ts'
import * as shares from './shares.ts'
import * as statuses from './statuses.ts'
import * as tokens from './tokens.ts'
import * as transfers from './transfers.ts'
import * as trash from './trash.ts'
import * as twoFactor from './two-factor.ts'
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
