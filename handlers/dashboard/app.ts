import { defineApp } from '#app/index.ts'
import { dashboardStates } from './initial-state.ts'
import { getLayout, getStatuses, updateLayout, updateStatuses } from './layout.ts'
import { dashboardPage } from './page.ts'
import { dashboardStories } from './stories.ts'
import { getWidgetItems, getWidgetItemsV2, getWidgets } from './widgets-api.ts'

export const app = defineApp('dashboard', {
  endpoints: [getLayout, updateLayout, getStatuses, updateStatuses, getWidgets, getWidgetItems, getWidgetItemsV2],
  routes: [dashboardPage],
  initialStates: [dashboardStates],
  stories: dashboardStories,
})
