import { describe, expect, it } from 'vitest'
import { createOcsMock } from '#index.ts'
import { fromOpenApi } from '#openapi/from-openapi.ts'
import { pathsFromPhp } from '../../src/cli/php-routes.ts'

const ROUTES = `<?php
return [
  // 'routes' => [],
  'routes' => [
    /** @see PageController::index() */
    ['name' => 'page#index', 'url' => '/', 'verb' => 'GET'],
    ['name' => 'page#index', 'url' => '/welcome', 'verb' => 'GET', 'postfix' => 'welcome'],
  ],
  'resources' => array('note' => array('url' => '/notes')),
  'ocs' => [
    ['name' => 'note_api#find_all', 'url' => '/api/{apiVersion}/things', 'verb' => 'GET',
      'requirements' => ['apiVersion' => 'v(1|2)']],
  ],
];`

const CONTROLLER = `<?php
class NoteApiController extends OCSController {
  /** @NoAdminRequired */
  public function findAll(string $apiVersion, ?int $limit = null, array $tags = []): DataResponse {}

  #[NoAdminRequired]
  #[ApiRoute(verb: 'POST', url: '/api/v1/things', requirements: ['x' => '[a-z]{2,}'])]
  public function create(string $title, bool $shared = false): DataResponse {}

  #[PublicPage, NoCSRFRequired]
  #[FrontpageRoute('GET', '/s/{token}')]
  public function show(string $token) {}

  #[ApiRoute(verb: 'DELETE', url: '/api/v1/things')]
  #[PasswordConfirmationRequired]
  public function clear() {}
}`

const paths = pathsFromPhp('shelf', ROUTES, new Map([['NoteApiController', CONTROLLER]]))
const app = fromOpenApi({ openapi: '3.1.0', info: { title: 'Shelf', version: '1.0.0' }, paths }, { id: 'shelf' })
const found = (method: string, end: string) =>
  app.endpoints.find((one) => one.method === method && one.path.endsWith(end))

describe('the PHP of an app', () => {
  it('says which ways lead to its controllers', () => {
    expect(app.endpoints.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /index.php/apps/shelf/',
      'GET /index.php/apps/shelf/welcome',
      'GET /apps/shelf/api/{apiVersion:v(1|2)}/things',
      'GET /index.php/apps/shelf/notes',
      'POST /index.php/apps/shelf/notes',
      'GET /index.php/apps/shelf/notes/{id}',
      'PUT /index.php/apps/shelf/notes/{id}',
      'DELETE /index.php/apps/shelf/notes/{id}',
      'POST /apps/shelf/api/v1/things',
      'DELETE /apps/shelf/api/v1/things',
      'GET /index.php/apps/shelf/s/{token}',
    ])
  })

  it('says who may come, with what', () => {
    expect(found('POST', '/v1/things')).toMatchObject({ access: 'user' })
    expect(Object.keys(found('POST', '/v1/things')?.input ?? {})).toEqual(['title', 'shared'])
    expect(found('GET', '/s/{token}')).toMatchObject({ access: 'public', csrf: false })
    expect(found('DELETE', '/v1/things')).toMatchObject({ access: 'admin', passwordConfirmation: true })
  })

  it('keeps what is made where it shows collections', async () => {
    const ocs = createOcsMock({ apps: [app], signedInAs: 'admin' })
    const ask = (method: string, path: string, json?: object) =>
      ocs.fetch(`https://cloud.example.com/index.php/apps/shelf${path}`, {
        method,
        headers: { 'Content-Type': 'application/json' },
        ...(json ? { body: JSON.stringify(json) } : {}),
      })
    const made = await (await ask('POST', '/notes', { title: 'Milk' })).json()
    expect(made).toEqual({ id: 1 })
    expect(await (await ask('GET', '/notes')).json()).toEqual([{ id: 1 }])
    expect((await ask('GET', '/notes/2')).status).toBe(404)
  })
})
