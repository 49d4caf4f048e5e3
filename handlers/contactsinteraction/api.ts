/** What WebDAV shows of the people whom accounts had to do with. */
export * as recentContacts from './state.ts'
