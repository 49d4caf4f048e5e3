/** What the server's own login asks of this app. */
export { findByClientId, grant, type OAuthClient } from './state.ts'
