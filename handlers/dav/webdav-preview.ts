/** Whether the server can show a small picture of files of a type. */
export function hasPreview(mime: string): boolean {
  return PREVIEWS.some((pattern) => pattern.test(mime))
}

const PREVIEWS = [/^text\/plain$/, /^text\/markdown$/, /^image\/(png|jpeg|gif|bmp|x-xbitmap|webp|heic|heif)$/]
