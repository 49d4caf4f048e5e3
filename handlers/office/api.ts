import { defineEndpoint, s } from '#app/index.ts'

/** The app of the release is a shell around others; this is all that it answers. */
export const getIndex = defineEndpoint({
  id: 'office-api-index',
  app: 'office',
  method: 'GET',
  path: '/apps/office/api',
  access: 'user',
  summary: 'A greeting',
  output: s.object({ message: s.string() }),
  handle: ({ ok }) => ok({ message: 'Hello world!' }),
})
