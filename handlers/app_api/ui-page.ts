import { p, s } from '#app/index.ts'

/** What the page of an entry in a menu loads: `type` and `name` say whose page, `top_menu` and the entry's name. */
export const page = { type: p.string(), name: p.string() }
export const pageMembers = { id: s.int(), appid: s.string(), type: s.string(), name: s.string() }

/** What all routes of one part of a page have in common. */
export const route = (part: string) =>
  ({ app: 'app_api', path: `/apps/app_api/api/v1/ui/${part}`, access: 'app-api', csrf: false }) as const

/** Paths of ExApps are kept without slashes in front. */
export const withoutSlashes = (path: string) => path.replace(/^\/+/, '')

/** What identifies a script or a style sheet of a page. */
export const fileKey = ({ type, name, path }: { type: string; name: string; path: string }) => [
  type,
  name,
  withoutSlashes(path),
]
