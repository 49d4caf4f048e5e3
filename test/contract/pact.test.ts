import { describe, expect, it } from 'vitest'
import { fromPact, isPact, toPact } from '#contract/pact.ts'
import { createOcsMock } from '#index.ts'
import { isJsonObject, type Json, type JsonObject } from '#lib/json.ts'
import { consumerTests, runConsumer } from '../support/consumer.ts'
import { contractFolder, contractsIn, reasons, verdicts, verifyOn } from '../support/contracts.ts'

const memberOf = (value: Json | undefined, ...keys: readonly (string | number)[]): Json | undefined => {
  let found = value
  for (const key of keys)
    found = isJsonObject(found) ? found[key] : Array.isArray(found) ? found[Number(key)] : undefined
  return found
}

async function written(part: string) {
  const folder = contractFolder()
  await runConsumer(
    folder,
    consumerTests.filter(({ name }) => name.includes(part)),
  )
  return contractsIn(folder)
}

/** What somebody else's tool writes. */
const FOREIGN: JsonObject = {
  consumer: { name: 'other-app' },
  provider: { name: 'nextcloud-34' },
  interactions: [
    {
      type: 'Synchronous/HTTP',
      description: 'a request for the members of a group',
      providerStates: [{ name: 'a group', params: { groups: ['readers'] } }],
      request: {
        method: 'GET',
        path: '/ocs/v2.php/cloud/groups/readers/users',
        headers: {
          Accept: ['application/json'],
          'OCS-APIRequest': ['true'],
          Authorization: [`Basic ${btoa('admin:secret')}`],
        },
      },
      response: {
        status: 200,
        headers: { 'Content-Type': ['application/json; charset=utf-8'] },
        body: {
          content: { ocs: { meta: { status: 'ok', statuscode: 200, message: 'Anything' }, data: { users: [] } } },
          contentType: 'application/json',
          encoded: false,
        },
        matchingRules: { body: { '$.ocs.meta.message': { combine: 'AND', matchers: [{ match: 'type' }] } } },
      },
    },
    {
      type: 'Synchronous/HTTP',
      description: 'a request in a state of which only a name is known',
      providerStates: [{ name: 'the moon is full' }],
      request: { method: 'GET', path: '/status.php' },
      response: { status: 200 },
    },
  ],
  metadata: { pactSpecification: { version: '4.0' } },
}

describe('a Pact file', () => {
  it('has one consumer and one provider, and an interaction for each of ours', async () => {
    const contracts = await written('sharing.test.ts › shares by link')
    const pact = toPact(contracts)

    expect(isPact(pact)).toBe(true)
    expect(memberOf(pact, 'consumer', 'name')).toBe('my-app')
    expect(memberOf(pact, 'metadata', 'pactSpecification', 'version')).toBe('4.0')
    expect(memberOf(pact, 'interactions')).toHaveLength(
      contracts.flatMap(({ sequences }) => sequences.flatMap(({ interactions }) => interactions)).length,
    )
  })

  it('has values where ours have names, and matches them by their type', async () => {
    const pact = toPact(await written('sharing.test.ts › shares by link until a day'))
    const response = memberOf(pact, 'interactions', 0, 'response')

    expect(memberOf(response, 'body', 'content', 'ocs', 'data', 'id')).toBe('share-1')
    expect(memberOf(response, 'matchingRules', 'body', '$.ocs.data.id')).toEqual({
      combine: 'AND',
      matchers: [{ match: 'type' }],
    })
    expect(JSON.stringify(pact)).not.toContain('battery')
  })

  it('is read back as it was', async () => {
    const contracts = await written('sharing.test.ts')
    expect(fromPact(toPact(contracts))).toEqual(contracts)
  })

  it('of somebody else is verified as far as its states can be made', async () => {
    const server = createOcsMock({ onNotBuilt: () => {} })
    const verification = await verifyOn(server.fetch, fromPact(FOREIGN))

    expect(verdicts(verification)).toEqual(['holds', 'unverified'])
    expect(reasons(verification)).toEqual(['nothing makes the provider state "the moon is full"'])
  })

  it('of an older version is refused', () => {
    const older = { ...FOREIGN, metadata: { pactSpecification: { version: '2.0.0' } } }
    expect(() => fromPact(older)).toThrow('it is a Pact file of version 2.0.0: write it in version 4.')
  })
})
