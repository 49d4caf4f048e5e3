import { expect, it } from 'vitest'
import { iconOf } from '#world/files/mime.ts'

it.each([
  ['text/plain', 'text'],
  ['text/markdown', 'text'],
  ['application/pdf', 'application-pdf'],
  ['application/zip', 'package-x-generic'],
  ['application/vnd.oasis.opendocument.text', 'x-office-document'],
  ['application/x-unheard-of', 'application'],
  ['model/gltf', 'file'],
  ['application/octet-stream', 'file'],
  ['httpd/unix-directory', 'folder'],
])('files of the type %s have the picture %s', (mime, icon) => {
  expect(iconOf(mime)).toBe(icon)
})
