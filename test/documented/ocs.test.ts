import { describe, expect, it } from 'vitest'
import externalApi from '#fixtures/documented/external-api.json' with { type: 'json' }
import overview from '#fixtures/documented/ocs-api-overview.json' with { type: 'json' }
import provisioningApps from '#fixtures/documented/provisioning-apps.json' with { type: 'json' }
import {
  createOcsMock,
  DataResponse,
  definePhpApp,
  OCSBadRequestException,
  OCSException,
  OCSForbiddenException,
  OCSNotFoundException,
  type Seed,
} from '#index.ts'
import * as files from '#world/files/files.ts'

interface Example {
  readonly title: string
  readonly request: {
    readonly method: string
    readonly url: string
    readonly user?: string
    readonly headers?: Record<string, string>
    readonly form?: Record<string, string>
  }
  readonly seed?: Seed
  /** A file of the caller's that is there from the beginning, with the id which the manual prints. */
  readonly file?: { readonly user: string; readonly path: string; readonly id: number }
  readonly answer: {
    readonly statuscode?: number
    readonly format?: string
    readonly body?: string
    readonly contains?: string
    readonly link?: { readonly validFor: string }
  }
}

const THROWN: Readonly<Record<string, () => Error>> = {
  Exception: () => new Error('anything'),
  OCSException: () => new OCSException('Something'),
  OCSBadRequestException: () => new OCSBadRequestException(),
  OCSForbiddenException: () => new OCSForbiddenException(),
  OCSNotFoundException: () => new OCSNotFoundException(),
}

/** The app that the External API's manual speaks of; the manual leaves its data to the reader. */
const yourapp = definePhpApp('yourapp', {
  routes: {
    ocs: [
      { name: 'Bar#getFoo', url: '/foobar', verb: 'GET' },
      { name: 'Bar#fail', url: '/throw/{what}', verb: 'GET' },
    ],
  },
  controllers: {
    Bar: {
      getFoo: { noAdminRequired: true, run: () => new DataResponse({ mine: 'data' }) },
      fail: {
        noAdminRequired: true,
        run: ({ what }) => {
          throw THROWN[String(what)]!()
        },
      },
    },
  },
})

/** Type the request as the manual says, credentials in the URL included. */
async function type(ocs: ReturnType<typeof createOcsMock>, { request }: Example): Promise<string> {
  const url = new URL(request.url)
  const user = request.user ?? `${url.username}:${url.password}`
  url.username = ''
  url.password = ''
  const response = await ocs.fetch(url, {
    method: request.method,
    headers: { Authorization: `Basic ${btoa(user)}`, ...request.headers },
    ...(request.form ? { body: new URLSearchParams(request.form) } : {}),
  })
  return response.text()
}

/** White space between elements is the manual's taste; what the reader fills in stands where the manual has a comment. */
const xml = (text: string) => text.replace(/>\s+</g, '><').replace('<!-- data here -->', '<mine>data</mine>').trim()
const json = (text: string) => JSON.parse(text.replace('// data here', '"mine": "data"'))
const statusOf = (text: string) => Number(/<statuscode>(\d+)<|"statuscode":(\d+)/.exec(text)?.slice(1).find(Boolean))

for (const manual of [provisioningApps, overview, externalApi]) {
  describe(`every example of "${manual.manual}"`, () => {
    it.each((manual.examples as readonly Example[]).map((example) => [example.title, example] as const))(
      '%s',
      async (_, example) => {
        const ocs = createOcsMock({
          profile: 'documented',
          apps: manual === externalApi ? [yourapp] : [],
          ...(example.seed ? { seed: example.seed } : {}),
        })
        if (example.file) expect(fileOf(ocs, example.file)).toBe(example.file.path)
        const body = await type(ocs, example)
        const { answer } = example
        if (answer.statuscode !== undefined) expect(statusOf(body)).toBe(answer.statuscode)
        if (answer.contains !== undefined) expect(xml(body)).toContain(xml(answer.contains))
        if (answer.format === 'xml' && answer.body) expect(xml(body)).toBe(xml(answer.body))
        if (answer.format === 'json' && answer.body) expect(json(body)).toEqual(json(answer.body))
        if (answer.link) await expectLink(ocs, body, answer.link.validFor)
      },
    )
  })
}

const fileOf = ({ world }: ReturnType<typeof createOcsMock>, { user, id }: NonNullable<Example['file']>) => {
  files.ensureHome(world, user)
  return files.entryOf(world, user, id)?.path
}

/** The link serves the file until its time is over. */
async function expectLink(ocs: ReturnType<typeof createOcsMock>, body: string, validFor: string): Promise<void> {
  const url = /<url>([^<]+)<\/url>/.exec(body)![1]!
  ocs.world.clock.freeze()
  ocs.world.clock.advance(validFor)
  ocs.world.clock.advance('-1m')
  expect((await ocs.fetch(url)).status).toBe(200)
  ocs.world.clock.advance('2m')
  expect((await ocs.fetch(url)).status).toBe(404)
}

describe('what the manuals print', () => {
  const seed = { users: [{ id: 'bob', password: 'password', email: 'bob@example.com', quota: '5 GB' }] }
  const ocs = createOcsMock({ profile: 'documented', seed })
  const ask = (url: string, user = 'admin:secret', method = 'GET') =>
    type(ocs, { title: url, request: { method, url: `http://cloud.example.com${url}`, user }, answer: {} })

  it('is about whoever is asked for, where the world knows better', async () => {
    const body = await ask('/ocs/v1.php/cloud/users/bob', 'bob:password')
    expect(body).toContain('<email>bob@example.com</email>')
    expect(body).toContain('<displayname>bob</displayname>')
    expect(body).toContain('<twitter></twitter>')
  })

  it('follows what an administrator chooses', async () => {
    await ocs.occ('theming:config name Example')
    expect(await ask('/ocs/v1.php/cloud/capabilities')).toContain('<name>Example</name>')
    await ocs.occ('app:disable theming')
    expect(await ask('/ocs/v1.php/cloud/capabilities')).not.toContain('<theming>')
    expect(await ask('/ocs/v1.php/cloud/apps?filter=disabled')).toContain('<element>theming</element>')
  })

  it('names an app among those that are enabled once somebody enables it', async () => {
    await ask('/ocs/v1.php/cloud/apps/files_texteditor', 'admin:secret', 'POST')
    expect(await ask('/ocs/v1.php/cloud/apps?filter=enabled')).toContain('<element>files_texteditor</element>')
  })
})
