import { type Json, membersOf, parseJson } from '#lib/json.ts'
import * as exApps from '#world/exapps/exapps.ts'
import { authHeaders, type ExAppClient, exAppUrl, requestToExApp, send } from './client.ts'

/** Seconds that an ExApp has to answer when it is enabled or disabled. */
const SWITCH_TIMEOUT = 60
const HEARTBEAT_TIMEOUT = 30
/** A fake is not as patient as the real server, which asks once a second for ten minutes. */
const HEARTBEAT_ATTEMPTS = 12
const HEARTBEAT_PAUSE = 250

/** Ask an ExApp whether it is there until it says so, or until it has had time enough. */
export async function heartbeat(client: ExAppClient, exApp: exApps.ExApp): Promise<boolean> {
  const url = `${exAppUrl(client.world, exApp)}/heartbeat`
  const json = 'application/json'
  const headers = { Accept: json, 'Content-Type': json, 'User-Agent': authHeaders(client, exApp, null)['User-Agent']! }
  for (let attempt = 0; attempt < HEARTBEAT_ATTEMPTS; attempt++) {
    if (attempt > 0) await new Promise((resolve) => setTimeout(resolve, HEARTBEAT_PAUSE))
    const answer = await send(client, url, HEARTBEAT_TIMEOUT, { headers })
    if (answer instanceof Response && answer.status === 200 && (await readMember(answer, 'status')) === 'ok')
      return true
  }
  return false
}

/** One member of a JSON answer; `undefined` where it is no JSON object or has no such member. */
async function readMember(answer: Response, member: string): Promise<Json | undefined> {
  try {
    return membersOf(parseJson(await answer.text()))[member]
  } catch {
    return undefined
  }
}

/**
 * Enable an ExApp: it is enabled, must show a heartbeat, and is told. Without a heartbeat it stays enabled all the
 * same; when it refuses, it is disabled again (Nextcloud 34.0.1, source).
 */
export async function enableExApp(client: ExAppClient, exApp: exApps.ExApp): Promise<boolean> {
  const { world } = client
  exApps.setEnabled(world, exApp.id, true)
  if (!exApps.findDaemon(world, exApp.daemon) || !(await heartbeat(client, exApp))) return false
  if (await tellEnabled(client, exApp, true)) return true
  exApps.setEnabled(world, exApp.id, false)
  return false
}

/** Disable an ExApp, whatever it says to that; the answer is whether it agreed. */
export async function disableExApp(client: ExAppClient, exApp: exApps.ExApp): Promise<boolean> {
  const agreed = await tellEnabled(client, exApp, false)
  if (!exApps.findDaemon(client.world, exApp.daemon)) return false
  exApps.setEnabled(client.world, exApp.id, false)
  return agreed
}

async function tellEnabled(client: ExAppClient, exApp: exApps.ExApp, enabled: boolean): Promise<boolean> {
  const route = `/enabled?enabled=${enabled ? 1 : 0}`
  const answer = await requestToExApp(client, exApp, route, { method: 'PUT', timeout: SWITCH_TIMEOUT })
  return answer instanceof Response && !(await readMember(answer, 'error'))
}

/** An ExApp reports how far its initialisation is, or that it failed; when it is done, it gets enabled. */
export async function reportInitProgress(
  client: ExAppClient,
  exApp: exApps.ExApp,
  progress: number,
  error = '',
): Promise<'out-of-range' | 'reported'> {
  const outcome = exApps.setInitProgress(client.world, exApp.id, progress, error)
  if (outcome === 'done') await enableExApp(client, exApp)
  return outcome === 'out-of-range' ? outcome : 'reported'
}

/**
 * Tell a deployed ExApp to initialise itself. One that has nothing to initialise (404 or 501) is done at once; any
 * other goes on by itself and reports.
 */
export async function initExApp(client: ExAppClient, exApp: exApps.ExApp): Promise<void> {
  exApps.setInitProgress(client.world, exApp.id, 0)
  exApps.setEnabled(client.world, exApp.id, true)
  const url = `${exAppUrl(client.world, exApp)}/init`
  const answer = await send(client, url, HEARTBEAT_TIMEOUT, {
    method: 'POST',
    headers: authHeaders(client, exApp, null),
  })
  if (answer instanceof Response && answer.status < 400) return
  if (answer instanceof Response && [404, 501].includes(answer.status)) {
    await reportInitProgress(client, exApp, 100)
    return
  }
  await reportInitProgress(client, exApp, 0, answer instanceof Response ? serverError(url, answer) : answer.error)
}

const serverError = (url: string, { status, statusText }: Response) => {
  const kind = status >= 500 ? 'Server' : 'Client'
  return `${kind} error: \`POST ${url}\` resulted in a \`${status} ${statusText}\` response`
}
