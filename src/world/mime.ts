import types from '../../fixtures/mime-types.json' with { type: 'json' }

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
