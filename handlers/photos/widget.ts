import { defineWidget } from '#app/widget.ts'

export const onThisDayWidget = defineWidget({
  id: 'photos-onthisday',
  title: 'On This Day',
  order: 20,
  iconClass: 'icon-calendar-dark',
  icon: '/core/img/places/calendar.svg',
  page: '/index.php/apps/photos/thisday',
})
