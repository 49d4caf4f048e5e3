import type { Catalogue } from '#line/catalogue.ts'
import { DECISIVE_HEADERS } from './raw-exchange.ts'
import { ContractBook, ContractRecorder, idsOfApps } from './recorder.ts'
import type { AnsweredCall, ContractOptions, ContractSubject } from './subject.ts'
import { nodeModule, runningTest } from './test-name.ts'

/** The test that asks, of clients that can say so. */
const TEST_HEADER = 'x-ocs-mock-test'
const NOBODY = new Uint8Array(0)

export async function makeBook(
  { folder, consumer }: ContractOptions,
  { provider, catalogue }: ContractSubject,
): Promise<ContractBook> {
  const { basename, resolve } = nodeModule('node:path')
  return new ContractBook({
    folder,
    consumer: consumer ?? basename(resolve(folder)),
    provider,
    idsOf: await idsOfApps(catalogue),
  })
}

export function makeRecorder(book: ContractBook, { seed, reason }: ContractSubject): ContractRecorder {
  const recorder = new ContractRecorder(book, seed)
  if (reason !== null) recorder.note(reason)
  return recorder
}

/** Write down one request. @throws UserError where it cannot be written */
export function recordCall(
  recorder: ContractRecorder,
  { call, body, handled, at }: AnsweredCall,
  catalogue: Catalogue,
  test: string | undefined,
): void {
  const { answer, ...rest } = handled
  const headers = DECISIVE_HEADERS.map((name) => [name, call.header(name)] as const).filter(([, value]) => value !== '')
  const app = catalogue.operations.find(({ id }) => id === handled.operation)?.app ?? ''
  recorder.record(
    {
      call: { method: call.method, path: call.path, query: call.query, origin: call.origin },
      headers: Object.fromEntries(headers),
      body: body ?? NOBODY,
      answer,
      handled: rest,
      app,
      at,
    },
    testOf(call.header(TEST_HEADER), test),
  )
}

function testOf(header: string, said: string | undefined): string | null {
  if (header !== '') return fromWire(header)
  if (said !== undefined) return said
  const running = runningTest()
  return running === undefined ? UNNAMED : running
}

/** A header's bytes come as one character each. */
function fromWire(header: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(header, (char) => char.charCodeAt(0)))
  } catch {
    return header
  }
}

/** Where nobody says which test asks. */
const UNNAMED = 'requests'
