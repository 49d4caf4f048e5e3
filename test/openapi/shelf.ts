/** A document as Nextcloud's extractor writes them, of an app that there is not. */
const answer = (data: object, description = '') => ({
  description,
  content: {
    'application/json': {
      schema: {
        type: 'object',
        required: ['ocs'],
        properties: {
          ocs: {
            type: 'object',
            required: ['meta', 'data'],
            properties: { meta: { $ref: '#/components/schemas/OCSMeta' }, data },
          },
        },
      },
    },
  },
})

const body = (properties: object, required: readonly string[] = []) => ({
  required: required.length > 0,
  content: { 'application/json': { schema: { type: 'object', required, properties } } },
})

const HEADER = { name: 'OCS-APIRequest', in: 'header', required: true, schema: { type: 'boolean', default: true } }
const SECURITY = [{ bearer_auth: [] }, { basic_auth: [] }]
const id = (name: string) => ({ name, in: 'path', required: true, schema: { type: 'integer', format: 'int64' } })
const NOT_FOUND = answer({}, 'There is no such shelf')
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` })

const SHELVES = '/ocs/v2.php/apps/bookshelf/api/v1/shelves'

export const SHELF_DOCUMENT = {
  openapi: '3.0.3',
  info: { title: 'bookshelf', version: '2.1.0', description: 'Shelves of books' },
  components: {
    schemas: {
      OCSMeta: { type: 'object', required: ['status', 'statuscode'], properties: { status: { type: 'string' } } },
      Shelf: {
        type: 'object',
        required: ['id', 'title', 'colour', 'ownerId', 'created', 'lastModified', 'isPublic', 'books', 'place', 'view'],
        properties: {
          id: { type: 'integer' },
          title: { type: 'string' },
          colour: { type: 'string', nullable: true },
          ownerId: { type: 'string' },
          created: { type: 'integer' },
          lastModified: { type: 'integer' },
          isPublic: { type: 'boolean' },
          books: { type: 'array', items: ref('Book') },
          place: { type: 'object', properties: { room: { type: 'string' }, height: { type: 'integer' } } },
          view: { type: 'string', enum: ['spines', 'covers'] },
        },
      },
      Book: {
        type: 'object',
        required: ['id', 'shelfId', 'title', 'isbn', 'order'],
        properties: {
          id: { type: 'integer' },
          shelfId: { type: 'integer' },
          title: { type: 'string' },
          isbn: { type: 'string', nullable: true },
          order: { type: 'integer' },
        },
      },
    },
  },
  paths: {
    [SHELVES]: {
      get: {
        operationId: 'shelf-index',
        summary: 'All shelves',
        security: SECURITY,
        parameters: [
          HEADER,
          {
            name: 'sort',
            in: 'query',
            description: 'The order. Possible values: - `title`: by title - `age`: the oldest first',
            schema: { type: 'string', default: 'title' },
          },
        ],
        responses: { 400: answer({}, 'No such order'), 200: answer({ type: 'array', items: ref('Shelf') }) },
      },
      post: {
        operationId: 'shelf-create',
        security: SECURITY,
        parameters: [HEADER],
        requestBody: body(
          {
            title: { type: 'string' },
            isPublic: { type: 'boolean' },
            view: { type: 'string', enum: ['spines', 'covers'] },
          },
          ['title'],
        ),
        responses: { 201: answer(ref('Shelf')), 400: answer({}, 'This is no view') },
      },
    },
    [`${SHELVES}/{shelfId}`]: {
      parameters: [id('shelfId'), HEADER],
      get: {
        operationId: 'shelf-show',
        security: SECURITY,
        responses: { 200: answer(ref('Shelf')), 403: answer({}, 'Not yours'), 404: NOT_FOUND },
      },
      patch: {
        operationId: 'shelf-update',
        security: SECURITY,
        requestBody: body({ keyValuePairs: { type: 'object', additionalProperties: { type: 'object' } } }, [
          'keyValuePairs',
        ]),
        responses: { 200: answer({ type: 'integer' }), 403: answer({}), 404: NOT_FOUND },
      },
      delete: {
        operationId: 'shelf-destroy',
        security: SECURITY,
        responses: { 200: answer({ type: 'integer' }) },
      },
    },
    [`${SHELVES}/{shelfId}/books`]: {
      parameters: [id('shelfId'), HEADER],
      get: {
        operationId: 'book-index',
        security: SECURITY,
        responses: { 200: answer({ type: 'array', items: ref('Book') }), 404: NOT_FOUND },
      },
      post: {
        operationId: 'book-create',
        security: SECURITY,
        requestBody: body({ title: { type: 'string' }, isbn: { type: 'string', nullable: true } }, ['title']),
        responses: { 200: answer(ref('Book')), 404: NOT_FOUND },
      },
    },
    [`${SHELVES}/{shelfId}/books/{bookId}`]: {
      parameters: [id('shelfId'), id('bookId'), HEADER],
      put: {
        operationId: 'book-update',
        security: SECURITY,
        requestBody: body({ title: { type: 'string' } }),
        responses: { 200: answer(ref('Book')), 404: answer({}, 'There is no such book') },
      },
      delete: {
        operationId: 'book-destroy',
        security: SECURITY,
        responses: { 200: answer({ nullable: true }), 404: answer({}, 'There is no such book') },
      },
    },
    [`${SHELVES}/{shelfId}/cover`]: {
      get: {
        operationId: 'shelf-cover',
        security: SECURITY,
        parameters: [id('shelfId'), HEADER],
        responses: {
          200: { description: '', content: { 'image/png': { schema: { type: 'string', format: 'binary' } } } },
        },
      },
    },
    '/ocs/v2.php/apps/bookshelf/api/v1/statistics': {
      get: {
        operationId: 'statistics-show',
        description: 'This endpoint requires admin access',
        security: SECURITY,
        parameters: [HEADER],
        responses: {
          200: answer({
            type: 'object',
            required: ['email', 'books', 'busiest'],
            properties: {
              email: { type: 'string' },
              books: { type: 'integer', minimum: 3, maximum: 5 },
              busiest: { type: 'string', format: 'date' },
            },
          }),
        },
      },
    },
    '/index.php/apps/bookshelf/settings': {
      get: {
        operationId: 'settings-show',
        security: SECURITY,
        responses: {
          200: {
            description: '',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['theme'],
                  properties: { theme: { type: 'string', example: 'oak' } },
                },
              },
            },
          },
        },
      },
      put: {
        operationId: 'settings-save',
        security: SECURITY,
        requestBody: body({ theme: { type: 'string' } }),
        responses: {
          200: {
            description: '',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['theme'],
                  properties: { theme: { type: 'string', example: 'oak' } },
                },
              },
            },
          },
        },
      },
    },
    '/ocs/v2.php/apps/bookshelf/api/v1/open': {
      get: {
        operationId: 'open-hours',
        security: [{}, ...SECURITY],
        parameters: [HEADER],
        responses: {
          200: {
            ...answer({ type: 'array', items: { type: 'string' } }),
          },
        },
      },
    },
  },
}
