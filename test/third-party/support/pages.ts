import { bypass, type HttpHandler, http } from 'msw'
import type { OcsMockWithHandlers } from '../../../src/index.ts'
import { ALICE, type OpenServer } from './servers.ts'

/** What stands behind the pages of a test: it answers what they ask, as whoever is signed in. */
export interface Pages {
  /** For MSW. */
  readonly handlers: readonly HttpHandler[]
  signIn(user: string): Promise<void>
  signOut(): void
  /** What somebody who visits an address below the web root is shown. */
  visit(path: string): Promise<string>
}

export const pagesOf = (server: Pick<OpenServer, 'url' | 'ocs'>): Pages =>
  server.ocs ? fakePages(server.ocs) : new RealPages(server.url)

const fakePages = (ocs: OcsMockWithHandlers): Pages => ({
  handlers: ocs.handlers,
  signIn: async (user) => {
    ocs.signIn(user)
  },
  signOut: () => ocs.signOut(),
  visit: async (path) => (await ocs.fetch(`https://cloud.example.com${path}`)).text(),
})

/** A real server, asked with the cookies of a session, as the browser that shows its pages would. */
class RealPages implements Pages {
  readonly #url: string
  #cookies = new Map<string, string>()
  readonly handlers: readonly HttpHandler[]

  constructor(url: string) {
    this.#url = url
    this.handlers = [http.all('*', ({ request }) => this.#forward(request))]
  }

  async #forward(request: Request): Promise<Response> {
    const { pathname, search } = new URL(request.url)
    const headers = new Headers(request.headers)
    for (const name of ['host', 'origin', 'referer', 'cookie', 'connection']) headers.delete(name)
    const body = request.body === null ? null : await request.arrayBuffer()
    return this.#send(pathname + search, { method: request.method, headers, body })
  }

  async #send(path: string, init: { method?: string; headers?: Headers; body?: BodyInit | null } = {}) {
    const headers = new Headers(init.headers)
    headers.set('cookie', [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; '))
    const answer = await fetch(bypass(this.#url + path, { ...init, headers, redirect: 'manual' }))
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
      if (name !== undefined) this.#cookies.set(name, value!)
    }
    return answer
  }

  async signIn(user: string): Promise<void> {
    this.signOut()
    const page = await (await this.#send('/index.php/login')).text()
    const token = /data-requesttoken="([^"]+)"/.exec(page)?.[1] ?? ''
    const password = user === ALICE.id ? ALICE.password : user
    const headers = new Headers({ 'Content-Type': 'application/x-www-form-urlencoded', Origin: this.#url })
    const form = new URLSearchParams({ user, password, requesttoken: token })
    const { status, headers: told } = await this.#send('/index.php/login', {
      method: 'POST',
      headers,
      body: form.toString(),
    })
    if (status !== 303 || told.get('location')?.includes('/login')) throw new Error(`${user} was not let in: ${status}`)
  }

  signOut(): void {
    this.#cookies = new Map()
  }

  async visit(path: string): Promise<string> {
    return (await this.#send(path)).text()
  }
}
