import type { Profile } from '#profiles/profile.ts'
import type { OcsExit } from './answer.ts'
import type { Call } from './call.ts'
import { formatFromAccept, type OcsCall } from './read-call.ts'
import { type BodyParameters, mergeParameters } from './read-input.ts'

/**
 * How an OCS call is to be answered. Parameters of the body may say which format is wanted, so it is read before
 * anything can fail; `no-format`: what they say is no text.
 */
export function readExit(call: Call, ocs: OcsCall, body: BodyParameters, profile: Profile): OcsExit | 'no-format' {
  const asked = mergeParameters(ocs.query, body, {}).format ?? formatFromAccept(call.header('accept')) ?? 'xml'
  if (typeof asked !== 'string') return 'no-format'
  const exit: OcsExit = { version: ocs.version, format: asked, quirks: profile.quirks }
  return ocs.isPage ? { ...exit, isPage: true } : exit
}
