import { defineApp } from '#app/index.ts'
import { settingsProvider } from './activity.ts'
import { securityFilter } from './activity-filter.ts'
import { getForms, setSensitiveValue, setValue } from './declarative-forms.ts'
import { settingsSearch, userSearch } from './search.ts'
import { declarativeForms } from './state.ts'

export const app = defineApp('settings', {
  data: [declarativeForms],
  endpoints: [getForms, setValue, setSensitiveValue],
  activityProviders: [settingsProvider],
  searchProviders: [settingsSearch, userSearch],
  activityFilters: [securityFilter],
})
