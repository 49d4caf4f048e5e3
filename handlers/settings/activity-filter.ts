import { defineActivityFilter } from '#app/index.ts'

export const securityFilter = defineActivityFilter({
  id: 'security',
  name: 'Security',
  icon: '/core/img/actions/password.svg',
  priority: 30,
  types: ['security'],
})
