import { defineFrontPage } from '#handlers/core/api.ts'

export const dashboardPage = defineFrontPage({
  id: 'dashboard-dashboard-index',
  app: 'dashboard',
  path: '/apps/dashboard/',
  title: 'Dashboard',
})
