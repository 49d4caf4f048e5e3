import { isJsonObject, type Json } from '#lib/json.ts'
import { documentOf, seenAnswer } from './expectation.ts'
import type { Party } from './party.ts'

/** What lies in a home: sizes of files by their names, `null` of folders. */
type Home = ReadonlyMap<string, string | null>

const homeOf = (account: string) => `/remote.php/dav/files/${encodeURIComponent(account)}`

/**
 * Let a home of ours on a server begin with what the homes of the consumer's began with, whatever the server gives new
 * accounts.
 */
export async function evenHome(account: string, model: Party, server: Party): Promise<void> {
  const [wanted, found] = [await readHome(model, account), await readHome(server, account)]
  const extra = [...found].filter(([name, size]) => !wanted.has(name) || wanted.get(name) !== size)
  for (const [name] of extra) await ask(server, account, 'DELETE', `${homeOf(account)}/${name}`)
  if (extra.length > 0)
    await ask(server, account, 'DELETE', `/remote.php/dav/trashbin/${encodeURIComponent(account)}/trash`)
  for (const [name, size] of wanted) {
    if (found.get(name) === size && found.has(name)) continue
    const path = `${homeOf(account)}/${name}`
    if (size === null) await ask(server, account, 'MKCOL', path)
    else await server.send(request(account, 'PUT', path, contentOf((await ask(model, account, 'GET', path)).body)))
  }
}

const contentOf = (body: string | Uint8Array) =>
  typeof body === 'string' ? { text: body } : { base64: btoa(String.fromCharCode(...body)) }

const request = (as: string, method: string, path: string, body?: { text: string } | { base64: string }) => ({
  as,
  request: { method, path, headers: { depth: '1' }, ...(body === undefined ? {} : { body }) },
})

const ask = (party: Party, account: string, method: string, path: string) => party.send(request(account, method, path))

async function readHome(party: Party, account: string): Promise<Home> {
  const document = documentOf(seenAnswer(await ask(party, account, 'PROPFIND', `${homeOf(account)}/`)).body)
  const status = isJsonObject(document) ? document['d:multistatus'] : undefined
  const responses =
    isJsonObject(status) && Array.isArray(status['d:response']) ? (status['d:response'] as readonly Json[]) : []
  const home = new Map<string, string | null>()
  for (const response of responses) {
    if (!isJsonObject(response)) continue
    const name = /\/files\/[^/]+\/([^/]+)\/?$/.exec(String(response['d:href']))?.[1]
    if (name !== undefined) home.set(name, /"d:getcontentlength":"(\d+)"/.exec(JSON.stringify(response))?.[1] ?? null)
  }
  return home
}
