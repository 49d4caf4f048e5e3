import { parseJson } from '#lib/json.ts'
import type { Answer } from '#line/call.ts'
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
  readonly #given: string[] = []

  /**
   * @param url where the server is, without a slash at its end
   * @param admin `user:password`
   * @param run names what the session makes
   */
  constructor(url: string, admin: string, run: string) {
    this.#url = url
    this.#admin = admin
    this.#names = { ann: `${run}-ann`, ben: `${run}-ben`, team: `${run}-team`, base: url }
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
    for (const name of ['ann', 'ben']) await this.#provision('DELETE', `/cloud/users/${this.#names[name]}`)
    await this.#provision('DELETE', `/cloud/groups/${this.#names.team}`)
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
    this.#given.push(givenBy(answer))
    return answer
  }

  async #provision(method: string, path: string, form: Record<string, string> = {}): Promise<void> {
    const headers = { 'OCS-APIRequest': 'true', 'Content-Type': 'application/x-www-form-urlencoded' }
    const answer = await this.#send(
      'admin',
      method,
      `/ocs/v2.php${path}`,
      headers,
      new URLSearchParams(form).toString(),
    )
    if (answer.status >= 300)
      throw new Error(`${this.#url}: ${method} ${path} answers ${answer.status}: ${answer.body}`)
  }

  #filled(text: string): string {
    return text.replace(/\{(#?)(\w+)\}/g, (all, isAnswer: string, name: string) =>
      isAnswer === '' ? (this.#names[name] ?? all) : (this.#given[Number(name)] ?? '0'),
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
    const response = await fetch(this.#url + path, {
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

/** The id or token of what an answer says was made. */
function givenBy({ headers, body }: Answer): string {
  const fileId = headers.find(([name]) => name === 'oc-fileid')?.[1]
  if (fileId !== undefined) return String(Number.parseInt(fileId, 10))
  const text = String(body)
  const json = parseJson(text) as { ocs?: { data?: Record<string, unknown> | unknown[] } } | undefined
  const data = json?.ocs?.data
  const made =
    data && !Array.isArray(data) ? (data.id ?? data.token ?? data.nid) : /<(?:id|token)>([^<]*)</.exec(text)?.[1]
  return typeof made === 'string' || typeof made === 'number' ? String(made) : '0'
}
