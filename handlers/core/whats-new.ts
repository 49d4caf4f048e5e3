import { defineEndpoint, p, s } from '#app/index.ts'

/** What changed in this release, for who did not see it yet. Nothing is known of it without the internet. */
export const getWhatsNew = defineEndpoint({
  id: 'core-whats_new-get',
  app: 'core',
  method: 'GET',
  path: '/core/whatsnew',
  until: 32,
  access: 'user',
  summary: 'What changed in this release',
  output: s.empty(),
  responses: { 204: s.empty() },
  notImplemented: ['Texts about releases: they are on the internet'],
  handle: ({ respond }) => respond(204),
})

/** Where nothing is known of a release, that it was read ends in an internal error (Nextcloud 27.1.10, asked). */
export const dismissWhatsNew = defineEndpoint({
  id: 'core-whats_new-dismiss',
  app: 'core',
  method: 'POST',
  path: '/core/whatsnew',
  until: 32,
  access: 'user',
  summary: 'Do not show any more what changed in a release',
  input: { version: p.string() },
  output: s.empty(),
  handle: ({ crash }) => crash(),
})
