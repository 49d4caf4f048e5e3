/** What authors of definitions are told by their types. Checked by tsc alone. */
import { DataResponse, defineApp, defineCommand, defineEndpoint, definePhpApp, p, s, type World } from 'ocs-mock'

/** Input follows from `input`, path parameters from the path, and what `fail` takes from `failures`. */
export const rename = defineEndpoint({
  id: 'shelf-rename',
  app: 'shelf',
  method: 'PUT',
  path: '/apps/shelf/books/{isbn}/{page:\\d+}',
  access: 'user',
  summary: 'Rename a book',
  input: { page: p.int(), title: p.string(), note: p.string().orNull(), tags: p.array().default([]) },
  output: s.object({ title: s.string() }),
  failures: { 404: 'no such book', 409: ['taken', 'reserved'] },
  handle: ({ input, me, world, ok, fail }) => {
    const isbn: string = input.isbn
    const page: number = input.page
    const note: string | null = input.note
    const where: World = world
    // @ts-expect-error there is no such parameter
    void input.author
    // @ts-expect-error it is a text
    const wrong: number = input.title
    if (page > 100) fail(404)
    if (page > 90) fail(409, 'reserved')
    // @ts-expect-error it is not declared
    if (page > 80) fail(403)
    return ok({ title: `${isbn} ${note} ${me} ${wrong} ${where}` }, { etag: true })
  },
})

defineEndpoint({
  id: 'shelf-wrong',
  app: 'shelf',
  // @ts-expect-error methods are upper case
  method: 'get',
  path: '/apps/shelf',
  access: 'user',
  summary: '',
  output: s.any(),
  handle: ({ ok }) => ok(),
})

// @ts-expect-error there is no such contribution
defineApp('shelf', { ocs: [] })
// @ts-expect-error an endpoint is no route
defineApp('shelf', { routes: [rename] })
defineApp('shelf', { endpoints: [rename], commands: [] })

export const command = defineCommand({
  name: 'shelf:list',
  description: 'List books',
  arguments: [{ name: 'user', required: true, description: 'Whose' }],
  run: ({ input, output, world }) => {
    const user: string = input.text('user')
    output.writeln(`${user} ${world.clock.seconds()}`)
    return 0
  },
})

export const php = definePhpApp('phpapp', {
  routes: {
    ocs: [{ name: 'Bar#getOne', url: '/bar/{id}', defaults: { id: 1 } }],
    routes: [{ name: 'Page#index', url: '/', verb: 'GET', postfix: '.more' }],
  },
  controllers: {
    Bar: {
      getOne: {
        noAdminRequired: true,
        parameters: { id: p.int(), title: p.string().orNull() },
        output: s.object({ id: s.int() }),
        failures: { 404: 'no such bar' },
        run: ({ id, title }, { userId, world }) => {
          const number: number = id
          const text: string | null = title
          const caller: string | null = userId
          return new DataResponse({ id: number, text, caller, now: world.clock.seconds() })
        },
      },
    },
    Page: { index: ({ anything }) => ({ anything }) },
  },
})

definePhpApp('phpapp', {
  routes: {},
  controllers: {
    Bar: {
      // @ts-expect-error it has no such parameter
      unknown: { parameters: { id: p.int() }, run: ({ di }) => ({ di }) },
      // @ts-expect-error a schema is no parameter
      schema: { parameters: { id: s.int() }, run: () => null },
      // @ts-expect-error a Date is nothing that PHP could answer
      date: { run: () => new Date() },
    },
  },
})
