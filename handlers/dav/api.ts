/** What other apps may use of WebDAV's. */
export * as systemTags from './state/system-tags.ts'
