import type * as files from '../../src/world/files.ts'

/** Types that the server draws previews of without further software. */
const DRAWN =
  /^(?:text\/(?:x-)?markdown|image\/(?:png|jpeg|gif|bmp|x-xbitmap|webp)|application\/x-krita|application\/vnd\.oasis\.opendocument\..+)$/

/** Whether there would be a preview of a file. An empty text has none. */
export function hasPreview(node: files.FileNode): boolean {
  return node.mime === 'text/plain' ? node.size > 0 : DRAWN.test(node.mime)
}
