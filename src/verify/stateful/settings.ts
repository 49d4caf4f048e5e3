import { decodeEnvelope, plain } from '../decode-answer.ts'
import type { Sender } from '../sender.ts'
import type { Settings } from './model.ts'

/** Settings that decide what our steps come to: an app, and which of its keys. */
const DECISIVE: readonly (readonly [app: string, keys: RegExp])[] = [
  ['core', /^shareapi_|^newUser\./],
  ['files_sharing', /^(outgoing|incoming|lookup)/],
  ['password_policy', /^(min|enforce|history|expiration)/i],
  ['sharebymail', /./],
  ['settings', /^profile/],
]

/** What an administrator is told of the settings that the model must share. */
export async function readSettings(sender: Sender): Promise<Settings> {
  const read = async (path: string): Promise<unknown> => {
    const request = { as: 'admin', version: 2, format: 'json', method: 'GET', path, query: '' } as const
    const decoded = decodeEnvelope((await sender.exchange(request)).answer)
    if (typeof decoded === 'string' || decoded.status !== 200) return undefined
    return (plain(decoded.data) as Record<string, unknown> | null)?.data
  }
  const settings: Record<string, Record<string, string>> = {}
  for (const [app, wanted] of DECISIVE) {
    const path = `/apps/provisioning_api/api/v1/config/apps/${app}`
    const keys = await read(path)
    if (!Array.isArray(keys)) continue
    for (const key of keys.map(String).filter((name) => wanted.test(name))) {
      const value = await read(`${path}/${encodeURIComponent(key)}`)
      if (typeof value === 'string') settings[app] = { ...settings[app], [key]: value }
    }
  }
  return settings
}
