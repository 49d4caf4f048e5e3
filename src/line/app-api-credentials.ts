import * as exApps from '#world/exapps/exapps.ts'
import { isEnabled } from '#world/settings/apps.ts'
import type { World } from '#world/world.ts'
import type { Call } from './call.ts'
import type { CallerTraits } from './operation.ts'

/** An ExApp that proved itself. */
export interface ExAppCaller {
  readonly exApp: exApps.ExApp
  /** The version that it says it has. */
  readonly version: string
  /** The account that it wants to speak for; empty: none. */
  readonly userId: string
}

/**
 * Which ExApp the AppAPI headers say calls; `null` where they are missing or wrong. Disabled ExApps may call
 * what its definition opens to them, and nothing else. Source: Nextcloud 34.0.1, corpus and asked.
 * @param traits what the operations at the address say
 */
export function authenticateExApp(call: Call, world: World, traits: () => readonly CallerTraits[]): ExAppCaller | null {
  const authorization = call.header('authorization-app-api')
  if (authorization === '' || !isEnabled(world, exApps.APP)) return null
  const exApp = exApps.find(world, call.header('ex-app-id'))
  const [userId, secret] = readAuthorization(authorization)
  if (!exApp || secret !== exApp.secret) return null
  if (!exApp.enabled && !isOpenToDisabled(traits(), exApp)) return null
  const version = call.header('ex-app-version')
  return version === '' ? null : { exApp, version, userId }
}

/** `user:secret` in base64; without a colon there is no secret. */
function readAuthorization(header: string): [userId: string, secret: string | undefined] {
  let text: string
  try {
    text = new TextDecoder().decode(Uint8Array.from(atob(header), (char) => char.charCodeAt(0)))
  } catch {
    return ['', undefined]
  }
  const colon = text.indexOf(':')
  return colon < 0 ? [text, undefined] : [text.slice(0, colon), text.slice(colon + 1)]
}

function isOpenToDisabled(traits: readonly CallerTraits[], { status }: exApps.ExApp): boolean {
  const isInstalling = ['install', 'update'].includes(status.type)
  return traits.some(
    ({ disabledExApps }) => disabledExApps === 'always' || (disabledExApps === 'while-installing' && isInstalling),
  )
}
