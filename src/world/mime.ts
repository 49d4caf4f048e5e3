/** The type of a file by the end of its name, as far as the server tells it apart. */
export function mimeOf(name: string): string {
  const dot = name.lastIndexOf('.')
  return (dot > 0 && TYPES[name.slice(dot + 1).toLowerCase()]) || 'application/octet-stream'
}

const TYPES: Readonly<Record<string, string>> = { txt: 'text/plain', md: 'text/markdown' }

/** The type that a download names: what a browser would run is told as plain text. */
export function secureMime(mime: string): string {
  return RUNNABLE.has(mime) ? 'text/plain' : mime
}

const RUNNABLE: ReadonlySet<string> = new Set([
  'text/html',
  'image/svg+xml',
  'application/javascript',
  'application/xml',
])
