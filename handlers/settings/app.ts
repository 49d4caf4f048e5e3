import { defineApp } from '#app/index.ts'
import { settingsProvider } from './activity.ts'
import { declarativeForms, getForms, setSensitiveValue, setValue } from './declarative-forms.ts'

export const app = defineApp('settings', {
  data: [declarativeForms],
  endpoints: [getForms, setValue, setSensitiveValue],
  activityProviders: [settingsProvider],
})
