import type { FileNode } from './files.ts'

/** Whether the server can show a small picture of a file. Of an empty text there is none. */
export function hasPreview({ mime, size }: Pick<FileNode, 'mime' | 'size'>): boolean {
  if (mime.startsWith('application/vnd.oasis.opendocument.')) return !/(?:chart|database|image)$/.test(mime)
  return PICTURED.has(mime) && (size > 0 || !mime.startsWith('text/'))
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
