/** Whether the server can show a small picture of files of a type. */
export function hasPreview(mime: string): boolean {
  return (
    PICTURED.has(mime) ||
    (mime.startsWith('application/vnd.oasis.opendocument.') && !/(?:chart|database|image)$/.test(mime))
  )
}

const PICTURED: ReadonlySet<string> = new Set([
  'application/x-krita',
  'image/bmp',
  'image/gif',
  'image/jpeg',
  'image/png',
  'image/webp',
  'text/markdown',
  'text/plain',
])
