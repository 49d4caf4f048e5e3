/** What other apps use of the server itself. */
export { previewAnswer } from './images/preview-answer.ts'
export { type FoundSharees, searchSharees, shareTypes } from './sharees.ts'
export { json, openPageSession } from './web/page-session.ts'
