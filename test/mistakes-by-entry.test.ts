import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FakePerTest } from '#adapters/fake-per-test.ts'
import { ocsMatchers } from '#adapters/matchers.ts'
import { intercept } from '#adapters/playwright.ts'
import { ocsMock } from '#adapters/playwright-fixtures.ts'
import { RemoteFake } from '#adapters/remote-fake.ts'
import { main } from '#cli/main.ts'
import { createOcsMock } from '#index.ts'
import { fromOpenApi } from '#openapi/from-openapi.ts'
import { type OcsMockServer, serve } from '#server.ts'
import { ocsTasks, startForCypress } from '../src/cypress.ts'
import { interceptOcs } from '../src/cypress-commands.ts'
import {
  addUser,
  configureNextcloud,
  login,
  restoreSnapshot,
  runOcc,
  startNextcloud,
  User,
  waitOnNextcloud,
} from '../src/e2e-test-server.ts'
import { useOcsMock } from '../src/jest.ts'
import { noInput } from './support/command-io.ts'

/** What somebody wrote who has no type checker. */
const written = <T>(value: unknown) => value as T

/** What is wrong, what was done, and what the message says to do. */
type Mistake = readonly [what: string, act: () => unknown, message: string | RegExp]

const saysWhatToDo = (mistakes: readonly Mistake[]) => {
  it('has ten of them', () => expect(mistakes.length).toBeGreaterThanOrEqual(10))
  it.each(mistakes)('%s', async (_, act, message) => {
    await expect((async () => act())()).rejects.toThrow(message)
  })
}

const ocs = createOcsMock()

describe('mistakes with createOcsMock', () => {
  const make = (options: unknown) => createOcsMock(written(options))
  const asked = async (path: unknown) => createOcsMock().fetch(written(path))
  const USERS = 'provisioning_api-users-get-users'
  saysWhatToDo([
    ['the seed as the path of a file', () => make({ seed: './seed.yaml' }), 'Read the file, and pass what it holds.'],
    ['a member of seeds', () => make({ clock: '2026-01-01' }), 'Write { seed: { clock: … } }.'],
    ['a number for a profile', () => make({ profile: 34 }), 'such as "nextcloud-33"'],
    ['a release for a profile', () => make({ profile: 'nextcloud-34.0.1' }), 'Did you mean "nextcloud-34"?'],
    ['a record for an account', () => make({ signedInAs: { id: 'alice' } }), 'Write the id of an account.'],
    ['a word that is none', () => make({ onUnknownRoute: 'eror' }), 'Write answer, warn, error.'],
    ['one app instead of a list', () => make({ apps: { id: 'tasks' } }), 'a list of what defineApp() returns'],
    ['a scenario as a list', () => make({ scenario: [] }), 'A scenario has description, profile, seed and steps.'],
    ['a request for an operation', () => ocs.answer(written('GET /ocs/v2.php/cloud/users'), {}), `"${USERS}" (GET)`],
    ['a path that nothing has', () => ocs.answer(written('/cloud/nothing'), {}), '`ocs-mock operations` lists them'],
    ['no data', () => ocs.answer(USERS, written(undefined)), 'Write null for an answer of none.'],
    ['an option of an answer', () => ocs.answer(USERS, {}, written({ onse: true })), 'Did you mean "once"?'],
    ['an option of a patch', () => ocs.patch(USERS, {}, written({ onec: true })), 'Did you mean "once"?'],
    ['a member of a fault', () => ocs.faults.add(written({ latencie: '2s' })), 'Did you mean "latency"?'],
    ['a fault as a text', () => ocs.faults.add(written('slow')), 'Failed to add a fault: expected object'],
    ['an address without a host', () => asked('/ocs/v2.php/cloud/user'), 'http://localhost/ocs/v2.php/cloud/user'],
    ['no words for occ', () => ocs.occ(written({ args: ['list'] })), 'Write "user:list --output=json"'],
    ['an option of occ', () => ocs.occ('list', written({ stdinn: '' })), 'Did you mean "stdin"?'],
    ['a mock for options', () => serve(written(createOcsMock())), 'Pass the options that it was made with'],
  ])

  it('leave out what manuals write in front of a command', async () => {
    const { stdout } = await ocs.occ('user:list')
    for (const name of ['occ', './occ', 'php occ']) expect((await ocs.occ(`${name} user:list`)).stdout).toBe(stdout)
  })
})

describe('mistakes with a page', () => {
  const page = (options: unknown) => ocs.page(written(options))
  const pages = (value: unknown) => createOcsMock(written({ pages: value }))
  saysWhatToDo([
    ['a member that there is not', () => page({ ap: 'files' }), 'Did you mean "app"?'],
    ['a number for an app', () => page({ app: 5 }), "{ app: 'files' }"],
    ['an empty app', () => page({ app: '' }), 'Write the id of an app'],
    ['the name of an app and not its id', () => page({ app: 'Files' }), 'in lower-case letters'],
    ['a text', () => page('files'), 'Pass an object.'],
    ['no document', async () => (await page({})).mount(), 'Run the test in jsdom or happy-dom'],
    [
      'an address for the page of an app',
      () => pages({ myapp: 'http://a/b.js' }),
      '{ myapp: { script: "http://a/b.js" } }',
    ],
    ['another member of such a page', () => pages({ myapp: { scrip: 'x' } }), 'Did you mean "script"?'],
    ['an id that no app has', () => pages({ 'my app': { script: 'x' } }), 'an app id has lower-case letters'],
    ['an app that is there', () => pages({ files: { script: 'x' } }), 'Choose another.'],
  ])
})

/** A fake of a test that begins and ends. */
async function begin(options: unknown, changed: unknown = {}): Promise<void> {
  const { end } = await new FakePerTest(written(options)).begin(written(changed))
  end()
}

describe('mistakes with ocs-mock/vitest', () => {
  saysWhatToDo([
    ['an option that there is not', () => begin({ signedIn: 'alice' }), 'Did you mean "signedInAs"?'],
    ['no options', () => begin(null), 'Pass an object.'],
    ['a page by a text', () => begin({ page: 'files' }), 'Write page: { app: "files" }'],
    ['a page with another member', () => begin({ page: { ap: 'files' } }), 'Did you mean "app"?'],
    ['a page without a document', () => begin({ page: true }), 'Run the test in jsdom or happy-dom'],
    ['what becomes of other requests', () => begin({ onUnhandledRequest: 'erorr' }), 'Write error, warn, bypass.'],
    ['an account without an id', () => begin({ seed: { users: [{ name: 'alice' }] } }), 'users[0].id: this is missing'],
    ['a profile that there is not', () => begin({ profile: 'nextcloud-99' }), 'Known are: nextcloud-34'],
    ['an account that there is not', () => begin({ signedInAs: 'nobody' }), 'Seed it under "users".'],
    ['an override that there is not', () => begin({}, { sede: {} }), 'Did you mean "seed"?'],
    ['an override by a text', () => begin({}, 'alice'), 'Pass an object.'],
  ])
})

describe('mistakes with ocs-mock/jest, and with matchers', () => {
  const none = { beforeEach: () => {}, afterEach: () => {} }
  const { toHaveReceived, toHaveAnswered } = ocsMatchers
  saysWhatToDo([
    ['no hooks', () => useOcsMock(), 'Pass the hooks of the runner'],
    ['half of the hooks', () => useOcsMock({}, written({ beforeEach: () => {} })), 'there is no hook afterEach'],
    ['no test that runs', () => useOcsMock({}, none)(), 'Ask for it inside of a test'],
    ['an option that there is not', () => useOcsMock(written({ sed: {} }), none), 'Did you mean "seed"?'],
    ['something that is no fake', () => toHaveReceived({}, written('a')), 'expect(ocs).toHaveReceived'],
    ['the function that gives the fake', () => toHaveReceived(() => ocs, written('a')), 'expect(ocs())'],
    ['an operation that there is not', () => toHaveReceived(ocs, written('user_status-set-stats')), 'Did you mean'],
    ['a member that there is not', () => toHaveReceived(ocs, written({ metod: 'GET' })), 'Did you mean "method"?'],
    ['nothing that is expected', () => toHaveReceived(ocs, written(undefined)), "such as { method: 'GET' }"],
    ['a status as text', () => toHaveAnswered(ocs, written('core-ocs-get-config'), written('200')), 'as a number'],
  ])
})

describe('mistakes with ocs-mock/playwright', () => {
  const target = { route: async () => {} }
  saysWhatToDo([
    ['an option that there is not', () => ocsMock(written({ signedIn: 'x' })), 'Did you mean "signedInAs"?'],
    ['no options', () => ocsMock(written(null)), 'Pass an object.'],
    ['an account without an id', () => ocsMock(written({ seed: { users: [{}] } })), 'users[0].id: this is missing'],
    ['a profile that there is not', () => ocsMock(written({ profile: 'nextcloud-99' })), 'Known are: nextcloud-34'],
    ['a host for an address', () => ocsMock({ base: 'cloud.example.com' }), 'such as "https://cloud.example.com"'],
    ['a page by a text', () => ocsMock(written({ page: 'files' })), 'Write page: { app: "files" }'],
    ['an account that there is not', () => ocsMock({ signedInAs: 'nobody' }), 'Seed it under "users".'],
    ['no page', () => intercept(written(undefined), ocs), 'intercept(page, ocs)'],
    ['something that is no page', () => intercept(written({}), ocs), 'pass a page or a browser context'],
    ['something that is no fake', () => intercept(target, written({})), 'pass what createOcsMock() made'],
    ['an option of intercept', () => intercept(target, ocs, written({ bas: 'x' })), 'Did you mean "base"?'],
  ])
})

describe('mistakes with ocs-mock/openapi', () => {
  const HEAD = { openapi: '3.0.3', info: { title: 'shelf', version: '1' } }
  const one = (operation: object) => ({ ...HEAD, paths: { '/ocs/v2.php/apps/shelf/a': { get: operation } } })
  const listed = one({ operationId: 'shelf-list', responses: { 200: { description: '' } } })
  saysWhatToDo([
    ['a text', () => fromOpenApi('{}'), 'an object with openapi, info and paths'],
    ['nothing', () => fromOpenApi(undefined), 'an object with openapi, info and paths'],
    ['another version', () => fromOpenApi({ swagger: '2.0' }), 'versions 3.0 and 3.1 can be read'],
    ['no paths', () => fromOpenApi(HEAD), 'at /paths'],
    ['a list of paths', () => fromOpenApi({ ...HEAD, paths: [] }), 'at /paths'],
    [
      'no operation',
      () => fromOpenApi({ ...HEAD, paths: { '/ocs/v2.php/apps/shelf/api': {} } }),
      'no operation below /ocs/v2.php',
    ],
    ['a part that there is not', () => fromOpenApi(one({ parameters: [{ $ref: '#/no' }], responses: {} })), 'at #/no'],
    [
      'an option that there is not',
      () => fromOpenApi(listed, written<object>({ handler: {} })),
      'Did you mean "handlers"?',
    ],
    [
      'a handler of no operation',
      () => fromOpenApi(listed, { handlers: { 'shelf-lst': () => [] as never } }),
      'Did you mean "shelf-list"?',
    ],
    [
      'an example of no operation',
      () => fromOpenApi(listed, { examples: { 'shelf-lst': [] } }),
      'Did you mean "shelf-list"?',
    ],
  ])
})

describe('mistakes with ocs-mock/server', () => {
  const start = (options: unknown) => serve(written(options))
  saysWhatToDo([
    ['no options', () => start(null), 'Pass an object.'],
    ['an option that there is not', () => start({ prot: 1 }), 'Did you mean "port"?'],
    ['a port as text', () => start({ port: '8080x' }), 'a whole number from 0 to 65535'],
    ['a port that there is not', () => start({ port: 70_000 }), '0 picks a free one'],
    ['an empty host', () => start({ host: '' }), 'such as "127.0.0.1"'],
    ['a certificate that is none', () => start({ tls: { cert: 'x', key: 'y' } }), 'with both in PEM'],
    ['half of a certificate', () => start({ tls: { cert: '-----BEGIN' } }), '{ cert, key }'],
    ['a text for origins', () => start({ cors: 'http://localhost:5173' }), '["http://localhost:5173"]'],
    ['a text for hosts', () => start({ allowOutgoing: 'hooks' }), 'a list of hosts'],
    ['a size in words', () => start({ maxBody: 'big' }), 'a number of bytes'],
    ['an empty token', () => start({ adminToken: '' }), 'a text that is not empty'],
  ])
})

let server: OcsMockServer
beforeAll(async () => {
  server = await serve()
})
afterAll(() => server.close())

describe('mistakes with ocs-mock/cypress', () => {
  const tasks = () => ocsTasks(new RemoteFake({ url: server.url }))
  const on = () => {}
  const start = (...args: unknown[]) => startForCypress(...(args as Parameters<typeof startForCypress>))
  const cy = { intercept: () => {} }
  saysWhatToDo([
    ['no arguments', () => start(), '(on, config) => startForCypress(on, config)'],
    ['arguments in another order', () => start({ env: {} }, on), '(on, config) => startForCypress(on, config)'],
    ['an option that there is not', () => start(on, { env: {} }, { sede: {} }), 'Did you mean "seed"?'],
    ['a command without words', () => tasks()['ocs:occ'](written(null)), 'such as {"args": ["user:list"]}'],
    ['a seed by a text', () => tasks()['ocs:reset'](written('alice')), 'a seed is an object with clock'],
    ['a member of a fault', () => tasks()['ocs:fault']({ latencie: '2s' }), 'Did you mean "latency"?'],
    ['a change of the clock', () => tasks()['ocs:clock']({ advanec: '24h' }), 'Known are set, freeze'],
    ['a request to look for', () => tasks()['ocs:requests']({ metod: 'GET' }), 'Known are method, path'],
    ['a snapshot without a name', () => tasks()['ocs:save'](written(null)), "cy.task('ocs:save', 'before')"],
    ['a snapshot that there is not', () => tasks()['ocs:restore']('nope'), 'There is no snapshot "nope".'],
    [
      'nobody there',
      () => ocsTasks(new RemoteFake({ url: 'http://127.0.0.1:1' }))['ocs:occ']('list'),
      'ocs-mock serve',
    ],
    ['no cy', () => interceptOcs(written(undefined), server.url), "interceptOcs(cy, Cypress.env('OCS_MOCK_URL'))"],
    ['no address', () => interceptOcs(cy, written(undefined)), 'which startForCypress() sets'],
    ['a host for an address', () => interceptOcs(cy, 'localhost:8080'), 'such as "http://127.0.0.1:8080"'],
  ])
})

describe('mistakes with ocs-mock/e2e-test-server', () => {
  const before = process.env.OCS_MOCK_URL
  beforeAll(() => {
    process.env.OCS_MOCK_URL = server.url
  })
  afterAll(() => {
    if (before === undefined) delete process.env.OCS_MOCK_URL
    else process.env.OCS_MOCK_URL = before
  })
  const start = (...args: unknown[]) => startNextcloud(...(args as Parameters<typeof startNextcloud>))
  saysWhatToDo([
    ['a branch without a profile', () => start('stable99'), 'Write "master" or "stableNN"'],
    ['a number for a branch', () => start(33), 'Write "master" or "stableNN"'],
    ['an option that there is not', () => start('master', true, { prot: 1 }), 'Did you mean "port"?'],
    ['no options', () => start('master', true, null), 'Pass an object.'],
    ['a port that there is not', () => start('master', true, { exposePort: 70_000 }), '0 picks a free one'],
    ['an address for host and port', () => waitOnNextcloud('http://127.0.0.1:1'), '"127.0.0.1:8080"'],
    ['a command without words', () => runOcc(written(undefined)), 'such as {"args": ["user:list"]}'],
    ['an option of a command', () => runOcc('list', written({ verbos: true })), 'Did you mean "verbose"?'],
    ['variables as an object', () => runOcc('list', written({ env: { A: 'b' } })), '["OC_PASS=secret"]'],
    ['an app as a text', () => configureNextcloud(written('viewer')), '["viewer"]'],
    ['an account as a text', () => addUser(written('alice')), 'new User("alice")'],
    ['a snapshot that there is not', () => restoreSnapshot('nope'), 'There is no snapshot "nope".'],
    ['no request', () => login(written(undefined), new User('alice')), 'login(page.request, user)'],
  ])
})

/** What the program said when it could not. */
async function told(...args: string[]): Promise<never> {
  let err = ''
  const stream = (write: (text: string) => void) => ({ isTerminal: false, write })
  const say = stream((text) => {
    err += text
  })
  const code = await main(args, { in: noInput, out: stream(() => {}), err: say, env: {}, ended: Promise.resolve() })
  expect(code).toBe(2)
  throw new Error(err)
}

describe('mistakes on the command line', () => {
  saysWhatToDo([
    ['a command', () => told('sevre'), 'Did you mean "serve"?'],
    ['help of a command', () => told('help', 'sevre'), 'Did you mean "serve"?'],
    ['an option', () => told('serve', '--prot', '1'), 'Did you mean "--port"?'],
    ['a port', () => told('serve', '--port', 'x'), 'write a whole number from 0 to 65535'],
    ['a seed', () => told('serve', '--seed', 'no.yaml'), 'there is no such file'],
    ['a scenario', () => told('serve', '--scenario', 'upgrad'), 'Did you mean "upgrade"?'],
    ['a profile', () => told('serve', '--profile', 'nextcloud-99'), 'Known are: nextcloud-34'],
    [
      'half of a certificate',
      () => told('serve', '--tls-cert', 'a.pem'),
      'give both --tls-cert FILE and --tls-key FILE',
    ],
    ['a page', () => told('serve', '--page', 'x'), 'such as --page myapp=http'],
    ['an account', () => told('serve', '--port', '0', '--signed-in-as', 'nobody'), 'Seed it under "users".'],
    ['an argument too many', () => told('serve', 'extra'), 'See "ocs-mock serve --help"'],
    ['an address of another kind', () => told('verify', 'ftp://cloud'), 'such as https://cloud.example.com'],
    ['no address', () => told('verify'), 'give one. See "ocs-mock verify --help"'],
    ['no folder', () => told('record', 'http://127.0.0.1:1'), '--to FOLDER: give one'],
    ['one of two', () => told('diff', 'a'), 'give two, BEFORE and AFTER'],
  ])
})
