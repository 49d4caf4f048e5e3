import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Endpoint } from '#line/endpoint.ts'
import { type PublishedOperation, readPublished } from '../scaffold/published-operation.ts'
import { type Difference, differences, type Json, members } from './differences.ts'

/** What a document says about one operation. */
export interface Published extends PublishedOperation {
  readonly responses: Json
  readonly document: Json
}

/** The operations of a catalogue that the documents of a folder, one an app, describe, by id. */
export function readDocuments(folder: string, endpoints: readonly Endpoint[], only: RegExp): Map<string, Published> {
  const found = new Map<string, Published>()
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.json') && only.test(name.slice(0, -5)))) {
    const document = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Json
    for (const { id, app } of endpoints.filter((endpoint) => `${endpoint.app}.json` === file)) {
      const operation = readPublished(document, id, app)
      if (operation)
        found.set(id, { ...operation, document, responses: responsesOf(document, [id, id.slice(app.length + 1)]) })
    }
  }
  return found
}

function responsesOf(document: Json, ids: readonly unknown[]): Json {
  const operations = Object.values(members(document.paths)).flatMap((methods) => Object.values(members(methods)))
  return members(members(operations.find((one) => ids.includes(members(one).operationId))).responses)
}

/**
 * What in a JSON answer differs from what the document says about answers with its status.
 * Documents name few of the failures, so an answer with another status is none.
 */
export function differencesOf(published: Published, body: string, httpStatus: number): Difference[] {
  const answer = decode(body)
  const ocs = members(members(answer).ocs)
  const code = Number(members(ocs.meta).statuscode ?? httpStatus)
  const schema = schemaOf(published, code === 100 ? 200 : code)
  if (answer === undefined || !schema) return []
  const data = members(members(members(schema.properties).ocs).properties).data
  if (data === undefined) return differences(schema, answer, published.document)
  // What refuses a request before its controller is asked has no envelope.
  return ocs.meta === undefined ? [] : differences(members(data), ocs.data, published.document, '/ocs/data')
}

function schemaOf({ responses }: Published, status: number): Json | undefined {
  const schema = members(members(members(members(responses[status]).content)['application/json'])).schema
  return schema === undefined ? undefined : members(schema)
}

function decode(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}
