/** What other apps use of the server's own pages and pictures. */
export { previewAnswer } from './images/preview-answer.ts'
export { json, openPageSession } from './web/page-session.ts'
