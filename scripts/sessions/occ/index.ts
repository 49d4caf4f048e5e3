import * as accounts from './accounts.ts'
import * as fileOptions from './file-options.ts'
import * as files from './files.ts'
import * as mistakes from './mistakes.ts'
import * as moreApps from './more-apps.ts'
import * as moreScripts from './more-scripts.ts'
import * as options from './options.ts'
import * as scripts from './scripts.ts'
import * as server from './server.ts'
import * as serverOptions from './server-options.ts'
import { type OccSession, ocs } from './session.ts'

/** All sessions of command lines. The administrator came in before, as on most servers. */
export const sessions: readonly OccSession[] = [
  ...files.sessions,
  ...server.sessions,
  ...accounts.sessions,
  ...moreApps.sessions,
  ...mistakes.sessions,
  ...options.sessions,
  ...fileOptions.sessions,
  ...serverOptions.sessions,
  ...scripts.sessions,
  ...moreScripts.sessions,
].map(({ name, steps }) => ({ name, steps: [ocs('admin', 'GET', 'cloud/user'), ...steps] }))
