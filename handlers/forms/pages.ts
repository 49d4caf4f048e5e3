import { defineRoute, type RouteArguments } from '#app/index.ts'
import { defineFrontPage, openPageSession, page, redirect } from '#handlers/core/api.ts'
import type { Answer } from '#line/call.ts'
import { showForm } from './show.ts'
import { findLink } from './state/access.ts'
import { find, isOver } from './state/forms.ts'

const APP = 'forms'
const TITLE = 'Forms'
const PAGES = '/apps/forms'
const HASH = '{hash:[a-zA-Z0-9]{16,}}'
const TOKEN = '{hash:[a-zA-Z0-9]{1,256}}'

const index = defineFrontPage({ id: 'forms-page-index', app: APP, path: `${PAGES}/`, title: TITLE })
const views = defineFrontPage({ id: 'forms-page-views', app: APP, path: `${PAGES}/${HASH}/{view}`, title: TITLE })
const resultsViews = defineFrontPage({
  id: 'forms-page-results-views',
  app: APP,
  path: `${PAGES}/${HASH}/results/{view}`,
  title: TITLE,
})
const submitView = defineFrontPage({
  id: 'forms-page-submit-view-with-submission',
  app: APP,
  path: `${PAGES}/${HASH}/submit/{submissionId:\\d+}`,
  title: TITLE,
})

const internalLinkView = defineRoute({
  id: 'forms-page-internal-link-view',
  app: APP,
  methods: ['GET'],
  path: `/index.php${PAGES}/${HASH}`,
  identify: true,
  summary: 'The address of a form: to where it is answered, by way of the login for who is not logged in',
  handle: ({ actor, params }) => {
    const place = `/index.php${PAGES}/${params.hash}/submit`
    return redirect(actor.userId === null ? `/index.php/login?redirect_url=${place}` : place)
  },
})

/** What somebody sees who has a link: the form, or that there is nothing to see. */
async function showPublic(args: RouteArguments, isEmbedded: boolean): Promise<Answer> {
  const { world, actor, params, profile } = args
  const { setCookies } = await openPageSession(args, { anySite: true })
  const share = findLink(world, params.hash ?? '')
  const isShown = share && (!isEmbedded || share.permissions.includes('embed'))
  const form = isShown ? find(world, share.formId) : undefined
  const headers = [...setCookies, ['X-OCS-Mock', 'placeholder'] as const]
  const title = `${TITLE} - ${profile.productName}`
  const empty = !form ? 'notfound' : isOver(world, form) ? 'expired' : null
  if (!form || empty)
    return page(200, title, '<p>There is nothing to answer here.</p>', {
      headers,
      initialState: { 'forms-renderAs': empty ?? 'notfound' },
    })
  const { access, ownerId, shares, fileId, filePath, fileFormat, ...shown } = showForm(world, form, actor.userId)
  const state = JSON.parse(JSON.stringify(shown))
  const more = isEmbedded ? { 'forms-isEmbedded': true } : {}
  return page(200, title, '<p>ocs-mock has no front end.</p>', {
    headers,
    initialState: {
      'forms-form': state,
      'forms-isLoggedIn': actor.userId !== null,
      'forms-shareHash': share!.shareWith,
      ...more,
    },
  })
}

const publicLinkView = defineRoute({
  id: 'forms-page-public-link-view',
  app: APP,
  methods: ['GET'],
  path: `/index.php${PAGES}/s/${TOKEN}`,
  identify: true,
  summary: 'The page behind a link: without the front end, which is not here, and with the form that it would show',
  handle: (args) => showPublic(args, false),
})

const embeddedFormView = defineRoute({
  id: 'forms-page-embedded-form-view',
  app: APP,
  methods: ['GET'],
  path: `/index.php${PAGES}/embed/${TOKEN}`,
  identify: true,
  summary: 'The page behind a link, for other pages to show it in themselves',
  handle: (args) => showPublic(args, true),
})

export const pages = [index, views, resultsViews, submitView, internalLinkView, publicLinkView, embeddedFormView]
