import { parseJson } from '#lib/json.ts'
import type { Answer } from '#line/call.ts'
import { GivenOut } from './given-out.ts'
import type { Asker, Step } from './step.ts'

/** Passwords of the accounts that a session makes. */
const PASSWORD = 'Wrong-Pony-Clip-7'
const MOST_MILLISECONDS = 30_000

/** One of the two servers, under one session. */
export class Side {
  readonly #url: string
  readonly #admin: string
  readonly #names: Readonly<Record<string, string>>
  /** What the answer to each step gave out. */
  readonly #given: Given[] = []
  readonly #settings: string[] = []
  readonly #givenOut = new GivenOut()

  /**
   * @param url where the server is, without a slash at its end
   * @param admin `user:password`
   * @param run names what the session makes
   */
  constructor(url: string, admin: string, run: string) {
    this.#url = url
    this.#admin = admin
    const own = ['ann', 'ben', 'team', 'new', 'crew'].map((name) => [name, `${run}-${name}`] as const)
    this.#names = { ...Object.fromEntries(own), run, base: url }
  }

  /** Make the accounts and files that a session begins with. @throws where the server does not */
  async prepare(): Promise<void> {
    await this.#provision('POST', '/cloud/groups', { groupid: this.#names.team! })
    for (const name of ['ann', 'ben']) {
      await this.#provision('POST', '/cloud/users', {
        userid: this.#names[name]!,
        password: PASSWORD,
        displayName: name,
      })
    }
    await this.#provision('POST', `/cloud/users/${this.#names.ben}/groups`, { groupid: this.#names.team! })
    for (const as of ['ann', 'ben'] as const) {
      const home = `/remote.php/dav/files/${this.#names[as]}`
      await this.#send(as, 'MKCOL', `${home}/Folder`, {}, null)
      await this.#send(as, 'PUT', `${home}/one.txt`, {}, 'one')
      await this.#send(as, 'PUT', `${home}/Folder/two.txt`, {}, 'number two')
    }
  }

  /** Remove them, and what belongs to them. */
  async clean(): Promise<void> {
    for (const path of this.#settings) await this.#send('admin', 'DELETE', path, { 'OCS-APIRequest': 'true' }, null)
    for (const name of ['ann', 'ben', 'new']) await this.#provision('DELETE', `/cloud/users/${this.#names[name]}`)
    for (const name of ['team', 'crew']) await this.#provision('DELETE', `/cloud/groups/${this.#names[name]}`)
  }

  async run(step: Step): Promise<Answer> {
    const headers = Object.fromEntries(Object.entries(step.headers).map(([name, value]) => [name, this.#filled(value)]))
    const answer = await this.#send(
      step.as,
      step.method,
      this.#filled(step.path),
      headers,
      step.body && this.#filled(step.body),
    )
    if (step.what === 'setting') this.#settings.push(step.path)
    this.#given.push(givenBy(answer))
    return { ...answer, body: this.#givenOut.neutral(String(answer.body)) }
  }

  /** A server whose database is busy for a moment is asked again. */
  async #provision(method: string, path: string, form: Record<string, string> = {}, tries = 5): Promise<void> {
    const headers = { 'OCS-APIRequest': 'true', 'Content-Type': 'application/x-www-form-urlencoded' }
    const answer = await this.#send(
      'admin',
      method,
      `/ocs/v2.php${path}`,
      headers,
      new URLSearchParams(form).toString(),
    )
    // A session may have deleted what is its own, or not have made it.
    if (answer.status < 300 || method === 'DELETE') return
    if (tries > 1) return this.#provision(method, path, form, tries - 1)
    throw new Error(`${this.#url}: ${method} ${path} answers ${answer.status}: ${answer.body}`)
  }

  #filled(text: string): string {
    return text.replace(/\{(#?)(\w+)(?:\.(\w+))?\}/g, (all, isAnswer: string, name: string, member = 'id') =>
      isAnswer === '' ? (this.#names[name] ?? all) : (this.#given[Number(name)]?.[member] ?? '0'),
    )
  }

  async #send(
    as: Asker,
    method: string,
    path: string,
    headers: Record<string, string>,
    body: string | null,
  ): Promise<Answer> {
    const login = as === 'admin' ? this.#admin : `${this.#names[as]}:${PASSWORD}`
    const response = await fetch(`${this.#url}${path.startsWith('/') ? '' : '/'}${path}`, {
      method,
      headers: { ...headers, ...(as === 'nobody' ? {} : { Authorization: `Basic ${btoa(login)}` }) },
      redirect: 'manual',
      signal: AbortSignal.timeout(MOST_MILLISECONDS),
      ...(body === null ? {} : { body }),
    })
    const text = (await response.text())
      .replaceAll(this.#url, 'https://cloud.example.com')
      .replaceAll(new URL(this.#url).host, 'cloud.example.com')
    return { status: response.status, headers: [...response.headers], body: text }
  }
}

/** What an answer gave out, by what it is: `id`, `token`, `href`. */
type Given = Readonly<Record<string, string | undefined>>

function givenBy({ headers, body }: Answer): Given {
  const header = (sought: string) => headers.find(([name]) => name === sought)?.[1]
  const text = String(body)
  const json = parseJson(text) as { ocs?: { data?: Record<string, unknown> | unknown[] } } | undefined
  const data = json?.ocs?.data
  const member = (name: string) => (data && !Array.isArray(data) ? data[name] : element(text, name))
  const fileId = header('oc-fileid')
  const made =
    fileId === undefined ? header('content-location')?.split('/').at(-1) : String(Number.parseInt(fileId, 10))
  const hrefs = [...text.matchAll(/<d:href>([^<]*[^</])<\/d:href>/g)].map(([, href]) => href!)
  const texts = {
    id: made ?? member('id') ?? member('token') ?? member('nid'),
    token: member('token'),
    href: hrefs.at(-1),
  }
  const isGiven = (value: unknown) => typeof value === 'string' || typeof value === 'number'
  return Object.fromEntries(
    Object.entries(texts).flatMap(([name, value]) => (isGiven(value) ? [[name, String(value)]] : [])),
  )
}

const element = (text: string, name: string) => new RegExp(`<${name}>([^<]*)<`).exec(text)?.[1]
