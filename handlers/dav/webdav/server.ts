import type { DavContext, DavServer } from '#dav/resource.ts'
import type { RouteArguments } from '#line/endpoint.ts'

/** What the routes of one WebDAV server know about it before a request comes. */
export type ServerKind = Omit<DavServer, 'base'>

/** A request to one of the WebDAV servers. `script` is where it lives: `/remote.php/dav/`. */
export function davOf(args: RouteArguments, kind: ServerKind, script: string, userId: string): DavContext {
  const { world, profile, call, request, actor } = args
  const webRoot = request.baseUrl.replace(/^[a-z]+:\/\/[^/]*/i, '')
  return { world, profile, call, request, actor, userId, server: { ...kind, base: webRoot + script } }
}

/**
 * The decoded path below the script, without slashes at its ends and without `.` and `..`. Dots that are encoded lead
 * nowhere else: they are a name (Nextcloud 34.0.1, asked).
 */
export function pathBelow({ params, call }: Pick<RouteArguments, 'params' | 'call'>): string {
  const names: string[] = []
  const areNames = /%2e|%2f/i.test(call.path)
  for (const name of (params.path ?? '').split('/')) {
    if (name === '..' && !areNames) names.pop()
    else if (name !== '' && name !== '.') names.push(name)
  }
  return names.join('/')
}
