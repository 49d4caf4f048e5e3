import { defineRoute } from '#app/index.ts'
import { defineFrontPage, openPageSession, redirect } from '#handlers/core/api.ts'
import { toInt } from '#lib/php.ts'
import { PRODUCTS } from '#lib/releases.ts'
import * as files from '#world/files/files.ts'

const TITLE = 'Files'

const filesPage = defineFrontPage({ id: 'files-view-index', app: 'files', path: '/apps/files/', title: TITLE })
const view = defineFrontPage({
  id: 'files-view-index-view',
  app: 'files',
  path: '/apps/files/{view:(?!preview-service-worker[.]js$)[^/]+}',
  title: TITLE,
})
const viewOfFile = defineFrontPage({
  id: 'files-view-index-view-fileid',
  app: 'files',
  path: '/apps/files/{view}/{fileid:[^.]+}',
  title: TITLE,
})

/** The short address of a file, as notifications and mails have it. */
const showFile = defineRoute({
  id: 'files-view-show-file',
  products: PRODUCTS,
  app: 'files',
  methods: ['GET'],
  path: '/index.php/f/{fileid}',
  identify: true,
  summary: 'Lead to a file: to its folder in the files app',
  handle: async (args) => {
    const { setCookies, parameters } = await openPageSession(args, { login: true })
    const { world, actor, params, request } = args
    const target = `${request.baseUrl}/index.php/apps/files/files/${params.fileid}`
    const entry = files.entryOf(world, actor.userId!, toInt(params.fileid!))
    if (!entry) return redirect(target, setCookies)
    const folder = files.isFolder(entry) ? entry.path : entry.path.slice(0, entry.path.lastIndexOf('/'))
    const opens = parameters.openfile ?? (files.isFolder(entry) ? undefined : 'true')
    const opening = opens === undefined ? '' : `&openfile=${encodeURIComponent(String(opens))}`
    const dir = (folder || '/').split('/').map(encodeURIComponent).join('/')
    return redirect(`${target}?dir=${dir}${opening}`, setCookies)
  },
})

export const filePages = [filesPage, view, viewOfFile, showFile]
