import { defineRoute, type RouteArguments } from '#app/index.ts'
import { toInt } from '#lib/php.ts'
import { PRODUCTS } from '#lib/releases.ts'
import { type Answer, bare } from '#line/call.ts'
import * as files from '#world/files/files.ts'
import { hasPreview } from '#world/files/previews.ts'
import * as shares from '#world/sharing/shares.ts'
import { json, openPageSession, type PageSession } from '../web/page-session.ts'
import { previewAnswer } from './preview-answer.ts'

const DEFAULT_SIZE = 32

const isTrue = (value: unknown): boolean => value === '1' || value === 'true' || value === 1 || value === true

interface PreviewOptions {
  readonly x: number
  readonly y: number
  readonly keepsShape: boolean
  readonly fallback: boolean
}

function readOptions({ x, y, a, mimeFallback }: PageSession['parameters']): PreviewOptions {
  const size = (value: unknown) => (value === undefined ? DEFAULT_SIZE : toInt(String(value)))
  return { x: size(x), y: size(y), keepsShape: isTrue(a), fallback: isTrue(mimeFallback) }
}

function show(
  args: RouteArguments,
  pageSession: PageSession,
  entry: files.Entry | undefined,
  options: PreviewOptions,
): Answer {
  const { world, call, request } = args
  if (!entry || files.isFolder(entry)) return json(404, [], pageSession)
  if (!shares.mayDownload(world, entry) && call.header('x-nc-preview') !== 'true') return json(403, [], pageSession)
  if (!hasPreview(entry.node)) {
    if (!options.fallback) return json(404, [], pageSession)
    const icon = `${request.baseUrl}/core/img/filetypes/${iconOf(entry.node.mime)}.svg`
    return bare(303, [
      ['Cache-Control', 'no-cache, no-store, must-revalidate'],
      ['Location', icon],
    ])
  }
  const context = { world, ifNoneMatch: call.header('if-none-match') }
  return previewAnswer(context, entry.node, { ...options, caching: 'immutable' })
}

/** The icon of a kind of file, by the first part of its media type. */
function iconOf(mime: string): string {
  if (mime === 'application/pdf') return 'application-pdf'
  const [kind] = mime.split('/')
  return ['application', 'audio', 'font', 'image', 'text', 'video'].includes(kind!) ? kind! : 'file'
}

const route = { app: 'core', methods: ['GET'], identify: true } as const

export const previewById = defineRoute({
  ...route,
  id: 'core-preview-get-preview-by-file-id',
  path: '/index.php/core/preview',
  summary: 'A small picture of a file that the caller sees, by its id',
  handle: async (args) => {
    const pageSession = await openPageSession(args, { login: true })
    const options = readOptions(pageSession.parameters)
    const fileId = toInt(String(pageSession.parameters.fileId ?? '-1'))
    if (fileId === -1 || options.x === 0 || options.y === 0) return json(400, [], pageSession)
    return show(args, pageSession, files.entryOf(args.world, args.actor.userId!, fileId), options)
  },
})

export const previewByPath = defineRoute({
  ...route,
  id: 'core-preview-get-preview',
  products: PRODUCTS,
  path: '/index.php/core/preview.png',
  summary: 'A small picture of a file that the caller sees, by its path',
  handle: async (args) => {
    const pageSession = await openPageSession(args, { login: true })
    const options = readOptions(pageSession.parameters)
    const file = String(pageSession.parameters.file ?? '')
    if (file === '' || options.x === 0 || options.y === 0) return json(400, [], pageSession)
    return show(args, pageSession, files.resolve(args.world, args.actor.userId!, file), options)
  },
})
