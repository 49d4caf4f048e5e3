import { defineApp } from '#app/index.ts'
import { disableMonthly, enableMonthly, sendReport } from './survey.ts'

export const app = defineApp('survey_client', {
  endpoints: [enableMonthly, disableMonthly, sendReport],
})
