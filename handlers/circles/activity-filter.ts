import { defineActivityFilter } from '#app/index.ts'

export const circlesFilter = defineActivityFilter({
  id: 'circles',
  name: 'Teams',
  icon: '/apps/circles/img/circles-dark.svg',
  priority: 10,
  apps: ['circles'],
})
