import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { OcsMock } from '#core.ts'
import { launchBrowser } from './support/browser.ts'
import { builtModule } from './support/package.ts'
import { type ServedPage, servePage } from './support/page.ts'

const WORKER_SCRIPT = `
import { setupWorker } from 'msw/browser'
import { createOcsMock } from 'ocs-mock'

const ocs = createOcsMock({ seed: { groups: ['staff'] } })
await setupWorker(...ocs.handlers).start({ onUnhandledRequest: 'bypass', quiet: true })
document.title = 'ready'
`

interface Fetched {
  readonly status: number
  readonly type: string | null
  readonly text: string
}

let browser: Browser
let page: Page

beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser?.close())

/** A fetch as the page sends it, as administrator. */
function fetchInPage(path: string, method = 'GET', form?: Record<string, string>): Promise<Fetched> {
  return page.evaluate(
    async ({ path, method, form }) => {
      const response = await fetch(path, {
        method,
        headers: { 'OCS-APIRequest': 'true', Authorization: `Basic ${btoa('admin:admin')}` },
        ...(form ? { body: new URLSearchParams(form) } : {}),
      })
      return { status: response.status, type: response.headers.get('content-type'), text: await response.text() }
    },
    { path, method, form },
  )
}

function answersLikeANextcloud(): void {
  it('answers in JSON', async () => {
    const { status, type, text } = await fetchInPage('/ocs/v2.php/config?format=json')
    expect(status).toBe(200)
    expect(type).toBe('application/json; charset=utf-8')
    expect(JSON.parse(text).ocs.data.website).toBe('Nextcloud')
  })

  it('answers in XML', async () => {
    const { status, type, text } = await fetchInPage('/ocs/v1.php/config')
    expect(status).toBe(200)
    expect(type).toBe('application/xml; charset=utf-8')
    expect(text).toMatch(/^<\?xml version="1\.0"\?>\n<ocs>\n <meta>\n {2}<status>ok<\/status>/)
  })

  it('remembers from one request to the next', async () => {
    const made = await fetchInPage('/ocs/v2.php/cloud/groups?format=json', 'POST', { groupid: 'made here' })
    expect(JSON.parse(made.text).ocs.meta.statuscode).toBe(200)
    const { text } = await fetchInPage('/ocs/v2.php/cloud/groups?format=json')
    expect(JSON.parse(text).ocs.data.groups).toEqual(['admin', 'made here', 'staff'])
  })

  it('leaves everything else to the network', async () => {
    expect((await fetchInPage('/other')).text).toBe('no such file on the static server')
  })
}

describe('a page with the service worker of MSW', () => {
  let served: ServedPage

  beforeAll(async () => {
    served = await servePage(WORKER_SCRIPT)
    page = await browser.newPage()
    await page.goto(served.url)
    await page.waitForFunction(() => document.title === 'ready')
  })
  afterAll(async () => {
    await page?.close()
    await served?.close()
  })

  answersLikeANextcloud()
})

describe('a page behind Playwright', () => {
  let ocs: OcsMock
  let served: ServedPage

  beforeAll(async () => {
    const { createOcsMock } = await builtModule('core')
    const { intercept } = await builtModule('playwright')
    served = await servePage('')
    page = await browser.newPage()
    ocs = createOcsMock({ seed: { groups: ['staff'] } })
    await intercept(page, ocs)
    await page.goto(served.url)
  })
  afterAll(async () => {
    await page?.close()
    await served?.close()
  })

  answersLikeANextcloud()

  it('breaks a connection where a fault says so', async () => {
    ocs.faults.add({ drop: 'request', times: 1 })
    await expect(fetchInPage('/ocs/v2.php/config')).rejects.toThrow('Failed to fetch')
    expect((await fetchInPage('/ocs/v2.php/config')).status).toBe(200)
  })
})

describe('a page of a front end’s own server', () => {
  const SEEN = `document.title = [document.head.dataset.user, OC.getCurrentUser().displayName, OC.generateUrl('/apps/a'), _oc_webroot,
  OCP.InitialState.loadState('theming', 'data').name].join(' ')`

  it('holds what pages of the product hold before its scripts run', async () => {
    const { createOcsMock } = await builtModule('core')
    const served = await servePage(SEEN)
    page = await browser.newPage()
    const ocs = createOcsMock({ signedInAs: 'alice', seed: { users: [{ id: 'alice', displayName: 'Ålice' }] } })
    await page.addInitScript({ content: (await ocs.page()).script() })
    await page.goto(served.url)
    expect(await page.title()).toBe('alice Ålice /index.php/apps/a Nextcloud')
    await page.close()
    await served.close()
  })

  it('runs in a page of the product that the fake serves, for whoever logs in', async () => {
    const { serve } = await builtModule('server')
    const front = await servePage(SEEN)
    const fake = await serve({ pages: { hello: { script: `${front.url}page.js` } } })
    page = await browser.newPage()
    await page.goto(`${fake.url}/index.php/apps/hello/`)
    await page.fill('input[name=user]', 'admin')
    await page.fill('input[name=password]', 'admin')
    await page.click('button')
    await page.waitForFunction(() => document.title.startsWith('admin'))
    expect(await page.title()).toBe('admin admin /index.php/apps/a Nextcloud')
    await page.close()
    await Promise.all([front.close(), fake.close()])
  })
})
