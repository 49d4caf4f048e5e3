import { defineEndpoint, s } from '#app/index.ts'

/**
 * The older API for images. Its controller cannot be made on a real 34.0.1, so every call ends in an internal
 * server error before anyone looks at who calls (corpus; discoveries/text-to-image.md).
 */
const BROKEN = {
  app: 'core',
  access: 'public',
  csrf: false,
  output: s.any(),
  probe: { id: '1', index: '0', appId: 'files' },
  handle: ({ crash }: { crash(): never }) => crash(),
} as const

export const isImageAvailable = defineEndpoint({
  ...BROKEN,
  id: 'core-text_to_image_api-is-available',
  method: 'GET',
  path: '/text2image/is_available',
  since: 28,
  summary: 'Whether images can be made',
})

export const scheduleImage = defineEndpoint({
  ...BROKEN,
  id: 'core-text_to_image_api-schedule',
  method: 'POST',
  path: '/text2image/schedule',
  since: 28,
  summary: 'Have images made from a text',
})

export const getImageTask = defineEndpoint({
  ...BROKEN,
  id: 'core-text_to_image_api-get-task',
  method: 'GET',
  path: '/text2image/task/{id}',
  since: 28,
  summary: "One of the caller's image tasks",
})

export const deleteImageTask = defineEndpoint({
  ...BROKEN,
  id: 'core-text_to_image_api-delete-task',
  method: 'DELETE',
  path: '/text2image/task/{id}',
  since: 28,
  summary: "Delete one of the caller's image tasks",
})

export const getImage = defineEndpoint({
  ...BROKEN,
  id: 'core-text_to_image_api-get-image',
  method: 'GET',
  path: '/text2image/task/{id}/image/{index}',
  since: 28,
  summary: 'One image of a task',
})

export const listImageTasks = defineEndpoint({
  ...BROKEN,
  id: 'core-text_to_image_api-list-tasks-by-app',
  method: 'GET',
  path: '/text2image/tasks/app/{appId}',
  since: 28,
  summary: "The caller's image tasks of one app",
})
