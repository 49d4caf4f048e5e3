import { defineActivityProvider, partsOf } from '#app/activity-provider.ts'

const ICON = '/apps/settings/img/personal.svg'

/** Activities of seeds, for any app: a text as it stands. */
export const seedActivityProvider = defineActivityProvider(({ subject, parameters }) =>
  subject === 'seed' ? { text: String(partsOf(parameters)[0] ?? ''), parameters: {}, icon: ICON } : null,
)
