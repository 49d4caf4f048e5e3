import { describe, expect, it } from 'vitest'
import type { Endpoint } from '#line/endpoint.ts'
import { shippedEndpoints } from '../../support/catalogue.ts'
import { drive, openCloud } from '../../support/written.ts'

/** Stories take a while on a busy machine. */
const LONG = { timeout: 120_000 }

type Handle = Endpoint['handle']

/** An operation that does something else, or that others may call. */
function spoilt(id: string, change: (handle: Handle) => Partial<Endpoint>): Endpoint {
  const endpoint = shippedEndpoints.find((one) => one.id === id)
  if (!endpoint) throw new Error(`There is no ${id}.`)
  return { ...endpoint, ...change(endpoint.handle) }
}

/** Answers as if nothing were wrong, where something is. */
const forgiving = (handle: Handle): Partial<Endpoint> => ({
  handle: async (args) => {
    const nothing = { status: 200, data: [] }
    try {
      const result = await handle(args)
      return result.status < 400 ? result : nothing
    } catch {
      return nothing
    }
  },
})

async function findingsOf(endpoint: Endpoint) {
  const cloud = await openCloud(endpoint)
  const app = new RegExp(`^${endpoint.app}$`)
  const { findings } = await drive(cloud.fetch, { only: app })
  return findings.map(({ operation, expected, got, seen }) => ({ operation, expected, got, seen: seen.join('; ') }))
}

describe('what the model refuses', () => {
  it('is asked with a text of one character too many', LONG, async () => {
    const findings = await findingsOf(spoilt('user_status-set-custom-message', forgiving))
    expect(findings).toContainEqual({
      operation: 'user_status-set-custom-message',
      expected: expect.stringMatching(/^400/),
      got: expect.stringMatching(/^200/),
      seen: expect.stringContaining('message of 81 characters'),
    })
  })

  it('is asked without a parameter, and of something that is not there', LONG, async () => {
    const findings = await findingsOf(spoilt('files_reminders-api-set', forgiving))
    const seen = findings.map((finding) => finding.seen).join('; ')
    expect(seen).toContain('in "a reminder of a file", fileId of nothing')
    expect(new Set(findings.map(({ operation }) => operation))).toEqual(new Set(['files_reminders-api-set']))
  })

  it('is asked by somebody who may not do it', LONG, async () => {
    const findings = await findingsOf(spoilt('provisioning_api-groups-delete-group', () => ({ access: 'user' })))
    expect(findings).toEqual([
      expect.objectContaining({
        operation: 'provisioning_api-groups-delete-group',
        seen: expect.stringContaining('by somebody else'),
      }),
    ])
  })
})

describe('what only administrators may read', () => {
  it('is asked by an account of our own, where nobody gave an ordinary one', LONG, async () => {
    const findings = await findingsOf(spoilt('provisioning_api-apps-get-apps', () => ({ access: 'user' })))
    expect(findings).toEqual([
      {
        operation: 'provisioning_api-apps-get-apps',
        expected: expect.stringMatching(/^403/),
        got: expect.stringMatching(/^200/),
        seen: expect.stringContaining('in "what an ordinary account may ask"'),
      },
    ])
  })
})

/** An operation that reads whatever is asked as this. */
const reading =
  (operation: string, input: object): Handle =>
  (args) =>
    shippedEndpoints
      .find(({ id }) => id === operation)!
      .handle(
        new Proxy(args, {
          get: (of, name) => (name === 'input' ? { ...args.input, ...input } : Reflect.get(of, name, of)),
        }),
      )

describe('a list in which things of others stand too', () => {
  it('is no longer than its limit', LONG, async () => {
    const operation = 'user_status-statuses-find-all'
    const findings = await findingsOf(
      spoilt(operation, () => ({ handle: reading(operation, { limit: 9, offset: 0 }) })),
    )
    expect(findings).toEqual([expect.objectContaining({ operation, expected: 'at most 1', got: '2' })])
  })
})

describe('a list of what one has made', () => {
  it('is asked for less of it when there is more', LONG, async () => {
    const operation = 'provisioning_api-groups-get-groups'
    const findings = await findingsOf(spoilt(operation, () => ({ handle: reading(operation, { limit: null }) })))
    expect(new Set(findings.map((finding) => finding.operation))).toEqual(new Set([operation]))
    expect(findings).toContainEqual(
      expect.objectContaining({
        operation,
        seen: expect.stringContaining('in "a group from its beginning to its end"'),
      }),
    )
  })
})
