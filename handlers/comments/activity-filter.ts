import { defineActivityFilter } from '#app/index.ts'

export const commentsFilter = defineActivityFilter({
  id: 'comments',
  name: 'Comments',
  icon: '/core/img/actions/comment.svg',
  priority: 40,
  apps: ['comments'],
})
