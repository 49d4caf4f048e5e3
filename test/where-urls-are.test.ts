import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import type { Operation } from '#line/operation.ts'
import { Router } from '#line/route.ts'
import { shipped } from './support/catalogue.ts'

const handlers = fileURLToPath(new URL('../handlers', import.meta.url))
const { operations } = shipped.catalogue

/** Below `/ocs/vN.php`, unless it says that it is a whole path. */
const isWhole = ({ kind, path }: Operation) => kind === 'route' || path.startsWith('/index.php/')

const router = new Router<Operation>()
for (const operation of operations)
  for (const method of operation.methods)
    router.add(method, isWhole(operation) ? operation.path : `/ocs/v2.php${operation.path}`, operation)

function operationAt(method: string, url: string): Operation {
  for (const one of [method, '*']) {
    const found = router.match(one, url)
    if (typeof found !== 'string') return found.value
  }
  throw new Error(`Nothing answers ${method} ${url}.`)
}

/** Modules that export the definition of an operation, below its app's folder. */
async function modulesOf({ id, app, kind }: Operation): Promise<string[]> {
  const all = readdirSync(join(handlers, app), { recursive: true, encoding: 'utf8' })
  const found = await Promise.all(
    all.filter((file) => file.endsWith('.ts')).map(async (file) => [file, await isExported(join(handlers, app, file))]),
  )
  return found.filter(([, exported]) => exported).map(([file]) => `${app}/${file}`)

  async function isExported(path: string): Promise<boolean> {
    const module = (await import(/* @vite-ignore */ path)) as Record<string, unknown>
    return Object.values(module)
      .flat()
      .some((value) => (value as Partial<Operation> | null)?.id === id && (value as Partial<Operation>).kind === kind)
  }
}

describe('a URL', () => {
  it.each([
    ['GET', '/ocs/v2.php/cloud/capabilities', 'core/capabilities.ts'],
    ['GET', '/ocs/v2.php/core/autocomplete/get', 'core/auto-complete.ts'],
    ['GET', '/ocs/v2.php/search/providers/files/search', 'core/unified-search.ts'],
    ['GET', '/ocs/v2.php/cloud/users/alice', 'provisioning_api/users.ts'],
    ['POST', '/ocs/v2.php/cloud/groups', 'provisioning_api/groups.ts'],
    ['GET', '/ocs/v2.php/apps/files_sharing/api/v1/shares', 'files_sharing/shares.ts'],
    ['GET', '/ocs/v2.php/apps/files_sharing/api/v1/sharees', 'files_sharing/sharees.ts'],
    ['POST', '/ocs/v2.php/apps/files/api/v1/transferownership', 'files/transfer-ownership.ts'],
    ['GET', '/ocs/v2.php/apps/notifications/api/v2/notifications', 'notifications/notifications.ts'],
    ['GET', '/ocs/v2.php/apps/activity/api/v2/activity', 'activity/stream.ts'],
    ['GET', '/ocs/v2.php/apps/user_status/api/v1/predefined_statuses', 'user_status/predefined.ts'],
    ['GET', '/ocs/v2.php/apps/weather_status/api/v1/forecast', 'weather_status/weather.ts'],
    ['GET', '/ocs/v2.php/apps/circles/circles', 'circles/circles.ts'],
    ['POST', '/ocs/v2.php/apps/webhook_listeners/api/v1/webhooks', 'webhook_listeners/webhooks.ts'],
    ['GET', '/ocs/v2.php/apps/dashboard/api/v1/widgets', 'dashboard/widgets-api.ts'],
    ['PUT', '/ocs/v2.php/apps/app_api/api/v1/ex-app/skeleton/enabled', 'app_api/ex-apps.ts'],
    ['GET', '/ocs/v2.php/apps/serverinfo/api/v1/info', 'serverinfo/info.ts'],
    ['GET', '/index.php/avatar/alice/64', 'core/images/avatars.ts'],
    ['POST', '/index.php/login/v2', 'core/web/login-flow.ts'],
    ['GET', '/index.php/s/abc', 'files_sharing/public-pages.ts'],
    ['GET', '/index.php/apps/files/api/v1/thumbnail/32/32/a.png', 'files/thumbnail.ts'],
    ['GET', '/index.php/apps/app_api/daemons', 'app_api/daemons.ts'],
    ['PROPFIND', '/remote.php/dav/files/alice/', 'dav/webdav/remote.ts'],
    ['GET', '/remote.php/direct/token', 'dav/direct-download.ts'],
  ])('%s %s is answered in handlers/%s', async (method, url, file) => {
    expect(await modulesOf(operationAt(method, url))).toEqual([file])
  })

  it('below an app is answered in the folder of that app', () => {
    const named = operations.flatMap((operation) => {
      const app = /^(?:\/index\.php)?\/apps\/([^/]+)/.exec(operation.path)?.[1]
      // What is of any app names none.
      return app === undefined || app.startsWith('{') ? [] : [{ ...operation, named: app }]
    })
    expect(named.filter(({ app, named }) => app !== named)).toEqual([])
    expect(named.length).toBeGreaterThan(100)
  })
})
