import type { OcsMock } from '#index.ts'
import { base64 } from '#lib/base64.ts'

/** Any member of an answer's data; `undefined` where it is not there. */
export class Data {
  readonly value: unknown

  constructor(value: unknown) {
    this.value = value
  }

  at(...keys: readonly (string | number)[]): Data {
    let value = this.value
    for (const key of keys) value = (value as Record<string, unknown> | null | undefined)?.[key]
    return new Data(value)
  }

  toString(): string {
    return String(this.value)
  }
}

/** One account of a consumer, which asks for JSON. */
export class ConsumerClient {
  readonly #ocs: OcsMock
  readonly #login: string | null

  constructor(ocs: OcsMock, user: string | null, password: string = user ?? '') {
    this.#ocs = ocs
    this.#login = user === null ? null : `Basic ${base64(`${user}:${password}`)}`
  }

  readonly get = (path: string) => this.#ask('GET', path)
  readonly post = (path: string, body: object = {}) => this.#ask('POST', path, body)
  readonly put = (path: string, body: object = {}) => this.#ask('PUT', path, body)
  readonly delete = (path: string, body?: object) => this.#ask('DELETE', path, body)

  /** Below `/remote.php/dav`. */
  async dav(method: string, path: string, body?: string, headers: Record<string, string> = {}): Promise<Response> {
    return this.#send(`/remote.php/dav${path}`, { method, headers, ...(body === undefined ? {} : { body }) })
  }

  async #ask(method: string, path: string, body?: object): Promise<Data> {
    const headers = { 'OCS-APIRequest': 'true', Accept: 'application/json' }
    const sent =
      body === undefined
        ? { headers }
        : { headers: { ...headers, 'Content-Type': 'application/json' }, body: JSON.stringify(body) }
    const response = await this.#send(path.startsWith('/') && !path.startsWith('/ocs/') ? `/ocs/v2.php${path}` : path, {
      method,
      ...sent,
    })
    const text = await response.text()
    return new Data(text.startsWith('{') ? JSON.parse(text).ocs?.data : text)
  }

  #send(path: string, init: RequestInit): Promise<Response> {
    const headers = new Headers(init.headers)
    if (this.#login !== null) headers.set('authorization', this.#login)
    return this.#ocs.fetch(`https://cloud.example.com${path}`, { ...init, headers })
  }
}
