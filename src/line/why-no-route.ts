import { levenshtein } from '#lib/nearest-name.ts'
import { isIn, isThere } from '#lib/releases.ts'
import type { KnownOperation, Profile } from '#profiles/profile.ts'
import { find, isEnabled, isEnabledFor } from '#world/settings/apps.ts'
import type { World } from '#world/world.ts'
import type { Actor } from './identify.ts'
import type { Operation } from './operation.ts'
import { splitTemplate } from './route.ts'

/** A request that no route was found for. */
export interface Unrouted {
  readonly method: string
  readonly path: string
  readonly actor: Pick<Actor, 'userId'>
}

/** What there would be, were apps enabled and releases others. */
export interface Routes {
  /** All that is built, of whatever release. */
  readonly operations: readonly Operation[]
  /** What is built at the path, of whatever release. */
  readonly built: readonly Operation[]
  /** What the product publishes at the path, beside that. */
  readonly published: readonly KnownOperation[]
}

/** Why there is no route: its app, its release, its method, or its path, and then the nearest that there is. */
export function whyNoRoute(asked: Unrouted, routes: Routes, profile: Profile, world: World): string {
  const here = routes.built.filter((operation) => isThere(operation, profile))
  const all = [...here.map(({ app, methods }) => ({ app, methods })), ...routes.published.map(asOne)]
  const sameMethod = all.find(({ methods }) => methods.includes(asked.method) || methods.includes('*'))
  if (sameMethod) return whyClosed(sameMethod.app, asked, world)
  const elsewhere = routes.built.find(
    (operation) => !isThere(operation, profile) && operation.methods.includes(asked.method),
  )
  if (elsewhere) return whyInOthers(elsewhere, profile)
  if (all.length === 0) return nearest(asked, routes, profile)
  const methods = [...new Set(all.flatMap((one) => one.methods))].toSorted()
  return `${methods.join(', ')} ${methods.length === 1 ? 'is' : 'are'} there, ${asked.method} is not`
}

const asOne = ({ app, method }: KnownOperation) => ({ app, methods: [method] as readonly string[] })

function whyClosed(app: string, { actor }: Unrouted, world: World): string {
  if (!find(world, app)) return `app ${app} is not installed`
  if (!isEnabled(world, app)) return `app ${app} is disabled`
  return isEnabledFor(world, app, actor.userId)
    ? `app ${app} is enabled, and answers by other routes`
    : `app ${app} is enabled for groups that ${actor.userId ?? 'nobody'} is not in`
}

function whyInOthers({ id, since, until, products }: Operation, { release, api = 'nextcloud' }: Profile): string {
  if (products && !products.includes(api)) return `${id} is one of ${products.join(' and ')}`
  if (isIn({ ...(since === undefined ? {} : { since }) }, release)) return `${id} was there until release ${until}`
  return `${id} is there since release ${since}, and this is ${release}`
}

/** Farther away than this many letters of each segment, nothing is near. */
const FAR = 0.4

function nearest({ method, path }: Unrouted, { operations }: Routes, profile: Profile): string {
  const parts = splitTemplate(path)
  const most = Math.max(3, Math.round(path.length * FAR))
  let best: { operation: Operation; distance: number } | null = null
  for (const operation of operations) {
    if (!isThere(operation, profile)) continue
    const distance = distanceTo(operation, method, parts, (best?.distance ?? most + 1) - 1)
    if (distance !== null) best = { operation, distance }
  }
  if (!best) return 'no such route, and none is near'
  const { methods, path: template, id } = best.operation
  return `no such route; the nearest is ${methods.join('|')} ${template} (${id})`
}

/** Letters that differ, and a letter for another method; `null`: more than `most`. */
function distanceTo(
  { methods, path }: Operation,
  method: string,
  parts: readonly string[],
  most: number,
): number | null {
  const segments = splitTemplate(path)
  let distance = Math.abs(segments.length - parts.length) * 4
  if (!methods.includes(method) && !methods.includes('*')) distance += 1
  for (let i = 0; i < Math.min(segments.length, parts.length) && distance <= most; i++) {
    const segment = segments[i]!
    if (segment !== parts[i] && !segment.startsWith('{'))
      distance += levenshtein(segment, parts[i]!.slice(0, MOST_LETTERS))
  }
  return distance <= most ? distance : null
}

/** Of a segment that somebody sent, before it is compared. */
const MOST_LETTERS = 80
