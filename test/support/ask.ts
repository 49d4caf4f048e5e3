import type { OcsMock } from '#index.ts'

/** An answer in v2 and JSON. */
export interface JsonAnswer {
  /** The HTTP status, which in v2 says what `statuscode` says. */
  readonly status: number
  readonly message: string
  readonly data: unknown
}

/** Ask directly, as an account whose password is its id. */
export async function ask(
  ocs: Pick<OcsMock, 'fetch'>,
  method: string,
  path: string,
  { as = 'admin', json }: { readonly as?: string; readonly json?: unknown } = {},
): Promise<JsonAnswer> {
  const response = await ocs.fetch(
    new Request(`https://cloud.example.com/ocs/v2.php${path}`, {
      method,
      headers: {
        Accept: 'application/json',
        'OCS-APIRequest': 'true',
        Authorization: `Basic ${btoa(`${as}:${as}`)}`,
        ...(json === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      ...(json === undefined ? {} : { body: JSON.stringify(json) }),
    }),
  )
  const { meta, data } = (await response.json()).ocs
  return { status: response.status, message: meta.message, data }
}
