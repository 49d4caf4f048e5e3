/** What other apps use of the server itself. */

export { avatarPng, avatarSize, avatarTag } from './images/avatars.ts'
export { cacheHeaders, previewAnswer } from './images/preview-answer.ts'
export { MAX_BYTES, readPicture } from './images/set-avatar.ts'
export { fileImage, isShipped, plainImage, shippedImages } from './images/shipped-images.ts'
export { allMenuEntries } from './navigation.ts'
export { type FoundSharees, searchSharees, shareTypes } from './sharees.ts'
export { navigationEntries } from './state/navigation.ts'
export { defineFrontPage, showPage } from './web/front-page.ts'
export { form, page } from './web/html-page.ts'
export { hasRequestToken, json, openPageSession, type PageSession, redirect } from './web/page-session.ts'
