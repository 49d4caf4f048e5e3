import type { Way } from './ways.ts'

/** A browser of a test: it keeps cookies and follows no redirects. */
export class Browser {
  readonly #way: Way
  readonly cookies = new Map<string, string>()

  constructor(way: Way) {
    this.#way = way
  }

  /** Where its pages come from: what it sends as Origin. */
  async origin(): Promise<string> {
    const answer = await this.#way.fetch('/index.php/login/v2', { method: 'POST' })
    return new URL((await answer.json()).login).origin
  }

  async open(method: string, path: string, form?: Record<string, string>, headers: Record<string, string> = {}) {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await this.#way.fetch(path, {
      method,
      redirect: 'manual',
      headers: { ...(cookie ? { Cookie: cookie } : {}), ...headers },
      ...(form ? { body: new URLSearchParams(form) } : {}),
    })
    for (const set of response.headers.getSetCookie()) {
      const pair = set.split(';')[0] ?? ''
      this.cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1))
    }
    return response
  }

  async requestToken(): Promise<string> {
    return (await (await this.open('GET', '/index.php/csrftoken')).json()).token
  }

  /** Fill in the login form. */
  async logIn(user: string, password: string, more: Record<string, string> = {}): Promise<Response> {
    const form = { user, password, requesttoken: await this.requestToken(), ...more }
    return this.open('POST', '/index.php/login', form, { Origin: await this.origin() })
  }
}
