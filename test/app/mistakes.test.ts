/** What is said about mistakes in definitions: each names the app, the member and what to write. */
import { describe, expect, it } from 'vitest'
import {
  by,
  createOcsMock,
  defineApp,
  defineCapabilities,
  defineCommand,
  defineEndpoint,
  defineReactions,
  defineRecipients,
  defineRoute,
  defineScenarioAction,
  defineSeedMember,
  defineShareType,
  defineStory,
  defineTable,
  type OcsApp,
  p,
  s,
} from '#index.ts'

const ENDPOINT = {
  id: 'forms-get',
  app: 'forms',
  method: 'GET',
  path: '/apps/forms/forms/{formId}',
  access: 'user',
  summary: 'A form',
  output: s.any(),
  handle: () => ({ status: 200, data: [] }),
} as const

/** Definitions as JavaScript gives them: whatever somebody wrote. */
type Loosely = (id: unknown, definition: unknown) => OcsApp
const define = defineApp as Loosely
const endpoint = (change: object) => (defineEndpoint as (definition: object) => object)({ ...ENDPOINT, ...change })
const forms = (definition: object) => () => define('forms', definition)

describe('an app', () => {
  it.each([
    [{ ocs: [] }, 'there is no contribution "ocs". There are activityFilters, activityProviders, '],
    [{ endpoint: [] }, 'there is no contribution "endpoint". Did you mean "endpoints"?'],
    [{ endpoints: {} }, '"endpoints" is an object. Write a list of what defineEndpoint() returns.'],
    [{ endpoints: [ENDPOINT] }, 'endpoints[0] is no definition. Make it by defineEndpoint({ … }).'],
    [{ endpoints: [undefined] }, 'endpoints[0] is missing. List what defineEndpoint() returns.'],
    [{ endpoints: [[]] }, 'endpoints[0] is a list. Spread it: [...list].'],
    [{ endpoints: [defineTable('forms')] }, 'endpoints[0] is what defineTable() returns. List it in "tables".'],
    [{ version: 3 }, '"version" is 3. Write a text.'],
    [
      { endpoints: [endpoint({ app: 'polls' })] },
      'endpoints[0] (forms-get) says that it belongs to "polls". Write app: \'forms\'.',
    ],
  ])('that is %j', (definition, message) => {
    expect(forms(definition)).toThrow('Failed to define the app "forms": ')
    expect(forms(definition)).toThrow(message)
  })

  it.each([
    ['Forms', {}, 'Failed to define the app "Forms": an app id has lower-case letters, digits and underscores.'],
    [undefined, {}, 'Failed to define the app missing: an app id has'],
    ['forms', undefined, 'Failed to define the app "forms": it is defined by missing. Write defineApp('],
  ])('called %j', (id, definition, message) => {
    expect(() => define(id, definition)).toThrow(message)
  })

  it('that has something twice', () => {
    const other = endpoint({ id: 'forms-other', path: '/apps/forms/forms/{id}' })
    expect(forms({ endpoints: [endpoint({}), endpoint({ path: '/apps/forms/x' })] })).toThrow(
      'endpoints[1] has the name "forms-get", as endpoints[0] has. Change one of them.',
    )
    expect(forms({ endpoints: [endpoint({}), other] })).toThrow(
      'endpoints[1] has GET /apps/forms/forms/{}, as endpoints[0] has. Change one of them.',
    )
    expect(forms({ tables: [defineTable('forms'), defineTable('forms')] })).toThrow('tables[1] has the name "forms"')
  })
})

describe('an endpoint', () => {
  it.each([
    [{ acces: 'user' }, 'has an unknown member "acces". Did you mean "access"?'],
    [{ output: undefined }, 'has no "output". It is made by s, such as s.object({ id: s.int() }).'],
    [{ output: p.string() }, 'has an object as "output", which is made by s,'],
    [
      { method: 'get' },
      'has "get" as "method", which is one of GET, POST, PUT, PATCH, DELETE, OPTIONS. Did you mean "GET"?',
    ],
    [{ access: 'admins' }, 'has "admins" as "access"'],
    [{ handle: undefined }, 'has no "handle". It is a function.'],
    [{ id: 'get-form' }, "has an id that does not begin with its app. Write id: 'forms-get-form'."],
    [{ path: 'apps/forms' }, 'has the path "apps/forms", which does not begin with a slash. Write "/apps/forms".'],
    [{ path: '/ocs/v2.php/apps/forms' }, 'Leave out "/ocs/v2.php": it is answered in both versions.'],
    [{ path: '/apps/forms/a{id}' }, 'in which "a{id}" is no parameter. A parameter is a whole segment'],
    [{ path: '/apps/forms/{id:[}' }, 'in which "[" is no regular expression.'],
    [{ path: '/apps/forms/{id}/{id}' }, 'which has {id} twice.'],
    [{ path: '/apps/forms?limit=1' }, 'in which a "?" is none of a query. Leave it to "input".'],
    [{ path: '/index.php/apps/forms/x' }, 'no "envelope". Write envelope: false for plain JSON, or \'v1\'.'],
    [{ path: '/index.php/forms', envelope: false }, 'Those of its app begin with "/index.php/apps/forms/".'],
    [{ path: '/remote.php/forms' }, 'Make it a route, by defineRoute().'],
    [{ envelope: 'v1' }, 'has "v1" as "envelope", which is for paths below "/index.php".'],
    [
      { input: { formid: p.int() } },
      'has the parameter "formId" in its path and "formid" in "input". Write one name in both.',
    ],
    [{ input: { formsId: p.int() } }, 'has the parameter "formId" in its path and "formsId" in "input".'],
    [
      { input: { title: s.string() } },
      'has a schema, which is for "output" as "input.title". Parameters are made by p,',
    ],
    [{ input: { title: 'string' } }, 'has "string" as "input.title".'],
    [{ failures: { 200: 'fine' } }, 'has the failure 200, which is none. Codes of OCS are from 101 to 199'],
    [{ failures: { 1200: 'much' } }, 'has the failure 1200, which is none.'],
    [{ failures: { 404: 5 } }, 'has 5 as the message of the failure 404. Write a text, or a list of texts.'],
    [{ responses: { 1: s.any() } }, 'has the response 1, which is no status.'],
    [{ responses: { 201: {} } }, 'has an object as the response 201, which is made by s'],
  ])('with %o', (change, message) => {
    const defined = forms({ endpoints: [endpoint(change)] })
    expect(defined).toThrow(/^Failed to define the app "forms": endpoints\[0\] \((?:forms-get|get-form)\) has /)
    expect(defined).toThrow(message)
  })

  it('takes what is right', () => {
    const input = { formId: p.int(), ids: p.array().default([]) }
    const failures = { 101: 'none', 404: ['gone', 'never there'], 997: '' }
    expect(forms({ endpoints: [endpoint({ input, failures, responses: { 201: s.empty() } })] })).not.toThrow()
    expect(
      forms({ endpoints: [endpoint({ id: 'forms:GET /x', path: '/index.php/apps/forms/x', envelope: 'v1' })] }),
    ).not.toThrow()
  })
})

const rooms = {
  type: 10,
  members: () => [],
  isMember: () => false,
  ofAccount: () => [],
  nameOf: () => undefined,
} as const

describe('other contributions', () => {
  const route = {
    id: 'forms-page',
    app: 'forms',
    methods: ['GET'],
    path: '/x',
    identify: true,
    summary: '',
    handle: () => ({ status: 200, headers: [], body: '' }),
  }
  const run = () => 0

  it.each([
    [
      'routes',
      defineRoute({ ...route, methods: ['get'] }),
      'routes[0] (forms-page) has the method "get". Write it in capitals',
    ],
    ['routes', defineRoute({ ...route, path: 'x' }), 'which does not begin with a slash'],
    [
      'tables',
      defineTable('forms', { version: 0 }),
      'tables[0] (forms) has 0 as "version", which is a whole number from 1.',
    ],
    ['tables', (defineTable as (name: unknown) => object)({ name: 'forms' }), 'tables[0] has an object as "name"'],
    [
      'reactions',
      defineReactions({ 'user.deleted': 5 as never }),
      'reactions[0] have 5 for "user.deleted", which is a function.',
    ],
    ['recipients', defineRecipients({ ...rooms, type: 1 }), 'recipients[0] has 1 as "type", which is 7 or 10 or 12.'],
    [
      'shareTypes',
      defineShareType({ type: 10, name: '' }),
      'shareTypes[0] has "" as "name", which is a text that is not empty.',
    ],
    [
      'capabilities',
      defineCapabilities({ build: () => ({}) } as never),
      'capabilities[0] has no "public". It is true or false.',
    ],
    [
      'seed',
      defineSeedMember({ name: 'forms', schema: {} as never, read: () => {} }),
      'seed[0] (forms) has an object as "schema"',
    ],
    [
      'scenarioActions',
      defineScenarioAction({ name: 'open', schema: s.any(), run: () => {} } as never),
      'scenarioActions[0] (open) has no "description".',
    ],
    ['stories', defineStory({ name: 'a form', apps: ['forms'], steps: [5 as never] }), 'has 5 as steps[0]. Write by('],
  ])('%s', (member, contribution, message) => {
    expect(forms({ [member]: [contribution] })).toThrow('Failed to define the app "forms": ')
    expect(forms({ [member]: [contribution] })).toThrow(message)
  })

  it.each([
    [{ name: 'forms:list', description: '' }, 'it has no "run". It is a function.'],
    [{ name: 'forms list', description: '', run }, 'it has a name with white space or without a part.'],
    [{ name: 'forms:list', descripton: '', run }, 'it has an unknown member "descripton". Did you mean "description"?'],
    [{ name: 'forms:list', description: '', run, arguments: ['user'] }, 'it has "user" as arguments[0].'],
    [
      { name: 'forms:list', description: '', run, options: [{ name: 'all', description: '', value: 'non' }] },
      'options[0], which has "non" as "value", which is one of none, optional, required, negatable. Did you mean "none"?',
    ],
    [
      {
        name: 'forms:list',
        description: '',
        run,
        arguments: [
          { name: 'a', description: '' },
          { name: 'b', description: '', required: true },
        ],
      },
      'it has the argument "b", which is required, after "a", which is not.',
    ],
  ])('the command %j', (command, message) => {
    const defined = () => (defineCommand as (given: object) => object)(command)
    expect(defined).toThrow(`Failed to define the command ${JSON.stringify(command.name)}: `)
    expect(defined).toThrow(message)
  })
})

describe('apps that do not fit together', () => {
  const mockWith =
    (...apps: OcsApp[]) =>
    () =>
      createOcsMock({ apps })

  it.each([
    [
      { endpoints: [endpoint({ path: '/cloud/users/{formId}' })] },
      'its operation "forms-get" (GET /cloud/users/{}) is one of provisioning_api already. Choose another.',
    ],
    [{ recipients: [defineRecipients({ ...rooms, type: 7 })] }, 'its type of recipients 7 is one of circles already.'],
    [{ tables: [defineTable('users')] }, 'its table "users" is one of ocs-mock already.'],
    [
      { seed: [defineSeedMember({ name: 'groups', schema: s.any(), read: () => {} })] },
      'its seed member "groups" is one of ',
    ],
    [
      { seed: [defineSeedMember({ name: 'forms', schema: s.any(), after: ['user'], read: () => {} })] },
      'its seed member "forms" comes after "user", which is none. Did you mean "users"?',
    ],
    [
      { scenarioActions: [defineScenarioAction({ name: 'notify', description: 'n', schema: s.any(), run: () => {} })] },
      'its scenario action "notify" is one of notifications already.',
    ],
    [
      { scenarioActions: [defineScenarioAction({ name: 'after', description: 'n', schema: s.any(), run: () => {} })] },
      'its scenario action "after" is one of a step itself already.',
    ],
  ])('%o', (definition, message) => {
    expect(mockWith(define('forms', definition))).toThrow('Failed to add the app "forms": ')
    expect(mockWith(define('forms', definition))).toThrow(message)
  })

  it('two of one id, one of another version, and none at all', () => {
    expect(mockWith(define('forms', {}), define('forms', {}))).toThrow(
      'Failed to add the app "forms": there is one of that id.',
    )
    expect(mockWith({ ...define('forms', {}), apiVersion: 2 })).toThrow(
      'Failed to add the app "forms": it is made for version 2 of the definitions, and this is version 1. Define it with the ocs-mock that runs it.',
    )
    expect(mockWith({} as OcsApp)).toThrow('Failed to add an app: apps are made by defineApp(). Pass what it returns.')
  })

  it("tables of two apps of one's own", () => {
    const table = defineTable('forms')
    expect(mockWith(define('forms', { tables: [table] }), define('polls', { tables: [table] }))).toThrow(
      'Failed to add the app "polls": its table "forms" is one of forms already.',
    )
  })

  it('a command of the release', async () => {
    const command = defineCommand({ name: 'user:list', description: 'Mine', run: () => 0 })
    const ocs = createOcsMock({ apps: [define('forms', { commands: [command] })] })
    await expect(ocs.occ('list')).rejects.toThrow(
      'Failed to add the app "forms": its command "user:list" is one of Nextcloud already.',
    )
  })

  it('a table that no app lists', () => {
    expect(() => createOcsMock().world.table(defineTable('forms'))).toThrow(
      'Failed to find the table "forms": no app has it. List it',
    )
  })
})

it('says nothing about steps of stories that are right', () => {
  const steps = [by('alice').get('/apps/forms/forms/1')]
  expect(forms({ stories: [defineStory({ name: 'a form', apps: ['forms'], steps })] })).not.toThrow()
})
