/** Where the control API of the world is that this page shows. */
export const base = location.pathname.replace(/\/*$/, '')

/** The world that the address names; empty: the default one. */
export const worldName = decodeURIComponent(/^\/w\/([^/]+)\//.exec(location.pathname)?.[1] ?? '')

/** The fake's own address, with the world in it. */
export const origin = location.origin + base.replace(/\/__admin$/, '')

/** A call of the control API. @throws Error with what it says is wrong */
export async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
  const answer = await fetch(base + path, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
  const value = (await answer.json()) as T & { readonly error?: string }
  if (!answer.ok) throw new Error(plain(value.error ?? `The server answered ${answer.status}.`))
  return value
}

/** What is wrong, without its place in a document that nobody at this page wrote. */
const plain = (error: string) => error.replace(/^Failed to play [^:]*: steps\[\d+\]\S*: /, '')

export const get = <T>(path: string): Promise<T> => call<T>('GET', path)
export const post = <T>(path: string, body?: unknown): Promise<T> => call<T>('POST', path, body)

/** Run an occ command. @throws Error with what it writes where it fails */
export async function occ(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<string> {
  const { stdout, stderr, exitCode } = await post<OccResult>('/occ', { args, env, stdin: '' })
  if (exitCode !== 0) throw new Error(`${stderr}${stdout}`.trim() || `The command ended with ${exitCode}.`)
  return stdout
}

export interface OccResult {
  readonly stdout: string
  readonly stderr: string
  readonly exitCode: number
}
