/** One of the product's scripts, through which requests come in, and what holds for everything behind it. */
export interface Script {
  /** What speaks for the whole server there, when it is closed: WebDAV's exceptions, a page, or nothing at all. */
  readonly speaks: 'dav' | 'page' | null
  /** Cookies of the same site are asked for before anything else. Pages do it themselves, others not at all. */
  readonly needsSameSite: boolean
  /** Controllers are behind it that answer as OCS does. */
  readonly hasControllers: boolean
}

const OTHER: Script = { speaks: null, needsSameSite: true, hasControllers: false }
const PAGES: Script = { speaks: 'page', needsSameSite: false, hasControllers: true }

/** Source: Nextcloud 34.0.1, asked. */
const SCRIPTS: ReadonlyMap<string, Script> = new Map([
  ['index.php', PAGES],
  ['ocs', OTHER],
  ['remote.php', { ...OTHER, speaks: 'dav' }],
  ['public.php', { ...OTHER, speaks: 'dav', needsSameSite: false }],
  ['status.php', { ...OTHER, needsSameSite: false }],
  ['cron.php', { ...OTHER, needsSameSite: false }],
])

/** The script that a path leads to. Web servers hand what leads to none over to the pages. */
export function scriptOf(path: string): Script {
  return SCRIPTS.get(firstSegment(path)) ?? PAGES
}

/** Where a page is found: installations leave `index.php` out of its address, and web servers put it in again. */
export function pagePath(path: string): string {
  return SCRIPTS.has(firstSegment(path)) ? path : `/index.php${path}`
}

function firstSegment(path: string): string {
  const end = path.indexOf('/', 1)
  return path.slice(1, end < 0 ? undefined : end)
}
