import type { Profile, Quirks } from '#profiles/profile.ts'
import type { OcsExit } from './answer.ts'
import type { Call } from './call.ts'
import { formatFromAccept, type OcsCall } from './read-call.ts'
import { type BodyParameters, mergeParameters } from './read-input.ts'

/**
 * How an OCS call is to be answered. Parameters of the body may say which format is wanted, so it is read before
 * anything can fail; `no-format`: what they say is no text.
 */
export function readExit(call: Call, ocs: OcsCall, body: BodyParameters, profile: Profile): OcsExit | 'no-format' {
  const given = mergeParameters(ocs.query, body, {}).format
  const accepted = formatFromAccept(call.header('accept'))
  const { quirks } = profile
  // What cannot be answered is nothing that Accept could ask for, where a parameter that does so is an error.
  const isAccepted = quirks.unknownFormat === 'xml' || accepted === 'json' || accepted === 'xml'
  const asked = given ?? (isAccepted ? accepted : null) ?? 'xml'
  if (typeof asked !== 'string') return 'no-format'
  const exit: OcsExit = { version: ocs.version, format: asked, quirks }
  const legacy = quirks.legacyMeta === 'bare' ? { ...exit, legacyFormat: legacyFormat(given, quirks) } : exit
  return ocs.isPage ? { ...legacy, isPage: true } : legacy
}

/** The format of the legacy exit where it does not look at Accept. */
function legacyFormat(given: unknown, { legacyFormats }: Quirks): string {
  if (typeof given !== 'string') return 'xml'
  return legacyFormats === 'any' || given === 'json' ? given : 'xml'
}
