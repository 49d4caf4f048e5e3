import { defineApp } from '#app/index.ts'
import { settingsProvider } from './activity.ts'
import { securityFilter } from './activity-filter.ts'
import * as authTokens from './auth-tokens.ts'
import { getForms, setSensitiveValue, setValue } from './declarative-forms.ts'
import { delegationReactions, delegationsTable } from './delegation.ts'
import { delegationCommands } from './occ.ts'
import { settingsPages } from './pages.ts'
import { settingsSearch, userSearch } from './search.ts'
import { declarativeForms } from './state.ts'
import { setUserSettings } from './user-settings.ts'

export const app = defineApp('settings', {
  data: [declarativeForms],
  endpoints: [getForms, setValue, setSensitiveValue],
  routes: [
    ...settingsPages,
    authTokens.createToken,
    authTokens.updateToken,
    authTokens.destroyToken,
    authTokens.wipeToken,
    setUserSettings,
  ],
  tables: [delegationsTable],
  reactions: [delegationReactions],
  commands: delegationCommands,
  activityProviders: [settingsProvider],
  searchProviders: [settingsSearch, userSearch],
  activityFilters: [securityFilter],
})
