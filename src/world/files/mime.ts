import icons from '#fixtures/mime-icons.json' with { type: 'json' }
import types from '#fixtures/mime-types.json' with { type: 'json' }

/** Types by the end of a name, as the real server tells them apart. */
const BY_EXTENSION: ReadonlyMap<string, string> = new Map(
  Object.entries(types).flatMap(([mime, extensions]) => extensions.split(' ').map((extension) => [extension, mime])),
)

/** Types that a browser would act on are told as something harmless in downloads. */
const HARMLESS: Readonly<Record<string, string>> = {
  'application/javascript': 'text/plain',
  'application/json': 'text/plain',
  'application/toml': 'text/code',
  'application/x-fictionbook+xml': 'text/plain',
  'application/x-php': 'text/x-php',
  'application/x-shockwave-flash': 'application/octet-stream',
  'application/xml': 'text/plain',
  'application/yaml': 'text/plain',
  'image/svg+xml': 'text/plain',
  'message/rfc822': 'text/plain',
  'text/asciidoc': 'text/plain',
  'text/html': 'text/plain',
  'text/org': 'text/plain',
}

/** The type of a file by the end of its name. */
export function mimeOf(name: string): string {
  const dot = name.lastIndexOf('.')
  return (dot > 0 && BY_EXTENSION.get(name.slice(dot + 1).toLowerCase())) || 'application/octet-stream'
}

/** The type that a download names. */
export const secureMime = (mime: string): string => HARMLESS[mime] ?? mime

/** Pictures by type, where a type has another one than its name says. */
const ICONS: ReadonlyMap<string, string> = new Map(
  Object.entries(icons).flatMap(([icon, types]) => types.split(' ').map((type) => [type, icon])),
)

/** Name of the picture that stands for files of a type: its own, that of its family, or that of any file. */
export function iconOf(mime: string): string {
  const own = ICONS.get(mime) ?? mime.replaceAll('/', '-')
  const family = own.split('-')[0]!
  return own in icons ? own : family in icons ? family : 'file'
}
