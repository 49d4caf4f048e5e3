import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { launchBrowser } from './support/browser.ts'
import { type Program, startProgram } from './support/program.ts'

/** A page of somebody else, by a name that leads to this machine, as DNS rebinding makes one. */
const EVIL = 'evil.example'

let browser: Browser
let page: Page
let program: Program
let site: Server
let port: number

beforeAll(async () => {
  program = await startProgram(['serve', '--port', '0', '--quiet'])
  port = Number(new URL(program.url).port)
  site = createServer((_, response) => {
    response.writeHead(200, { 'Content-Type': 'text/html' }).end('<!doctype html><title>evil</title><body>')
  })
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
  browser = await launchBrowser([`--host-resolver-rules=MAP ${EVIL} 127.0.0.1`])
  page = await browser.newPage()
})
afterAll(async () => {
  await browser?.close()
  await program?.end()
  await new Promise((resolve) => site.close(resolve))
})
beforeEach(async () => {
  await fetch(`${program.url}/__admin/state`, {
    method: 'PATCH',
    body: JSON.stringify({ tables: { groups: { precious: { id: 'precious', displayName: 'precious' } } } }),
  })
  await page.goto(`http://${EVIL}:${(site.address() as AddressInfo).port}/`)
})

const state = async () => (await (await fetch(`${program.url}/__admin/state`)).json()).tables

/** What a page could read of an answer; `null`: nothing. */
const read = (url: string, init: RequestInit = {}) =>
  page.evaluate(
    ([target, options]) =>
      fetch(target, options)
        .then((answer) => answer.text())
        .catch(() => null),
    [url, init] as const,
  )

describe('a page of another site in a browser on this machine', () => {
  it('reads nothing of the control API, by no name', async () => {
    for (const host of ['127.0.0.1', 'localhost', EVIL])
      for (const path of ['state', 'requests', 'health', 'events'])
        expect(await read(`http://${host}:${port}/__admin/${path}`), `${host} ${path}`).toBeNull()
  })

  it('changes nothing by requests that a browser sends without asking', async () => {
    const before = await state()
    for (const host of ['127.0.0.1', 'localhost', EVIL]) {
      const admin = `http://${host}:${port}/__admin`
      const plain = { method: 'POST', mode: 'no-cors', headers: { 'Content-Type': 'text/plain' } } as const
      await read(`${admin}/reset`, plain)
      await read(`${admin}/occ`, { ...plain, body: '{"args":["group:delete","precious"]}' })
      await read(`http://${host}:${port}/w/x/__admin/reset`, plain)
      await read(`${admin}/state`, { method: 'PATCH', body: '{"tables":{"groups":{"precious":null}}}' })
      await read(`${admin}/requests`, { method: 'DELETE' })
    }
    expect(await state()).toEqual(before)
  })

  it('changes nothing by a form', async () => {
    const before = await state()
    await page.setContent(
      `<form method="post" enctype="text/plain" action="http://127.0.0.1:${port}/__admin/reset"><input name="{}"></form>`,
    )
    await Promise.all([page.waitForNavigation(), page.evaluate(() => document.forms[0]!.submit())])
    expect(await page.textContent('body')).toContain('refuses this call')
    expect(await state()).toEqual(before)
  })

  it('is refused where its name leads here, on the port of the fake', async () => {
    await page.goto(`http://${EVIL}:${port}/__admin/`)
    expect(await page.textContent('body')).toContain('--base-url')
    expect(await read('/__admin/state')).not.toContain('tables')
    await read('/__admin/reset', { method: 'POST' })
    expect((await state()).groups).toHaveProperty('precious')
  })

  it('shows the dashboard in no frame, where clicks could be led to it', async () => {
    await page.setContent(`<iframe src="http://127.0.0.1:${port}/__admin/"></iframe>`)
    await page.waitForLoadState('networkidle')
    for (const frame of page.frames().slice(1)) expect(await frame.content()).not.toContain('Reset the world')
  })
})
