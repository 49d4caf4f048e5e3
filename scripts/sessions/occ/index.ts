import * as accounts from './accounts.ts'
import * as files from './files.ts'
import * as mistakes from './mistakes.ts'
import * as moreApps from './more-apps.ts'
import * as server from './server.ts'
import { type OccSession, ocs } from './session.ts'

/** All sessions of command lines. The administrator came in before, as on most servers. */
export const sessions: readonly OccSession[] = [
  ...files.sessions,
  ...server.sessions,
  ...accounts.sessions,
  ...moreApps.sessions,
  ...mistakes.sessions,
].map(({ name, steps }) => ({ name, steps: [ocs('admin', 'GET', 'cloud/user'), ...steps] }))
