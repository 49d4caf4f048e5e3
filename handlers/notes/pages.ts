import { defineFrontPage } from '#handlers/core/api.ts'

const NOTES = '/apps/notes'

export const pages = [
  defineFrontPage({ id: 'notes-page-index', app: 'notes', path: `${NOTES}/`, title: 'Notes' }),
  defineFrontPage({ id: 'notes-page-index-welcome', app: 'notes', path: `${NOTES}/welcome`, title: 'Notes' }),
  defineFrontPage({ id: 'notes-page-index-note', app: 'notes', path: `${NOTES}/note/{id:\\d+}`, title: 'Notes' }),
]
