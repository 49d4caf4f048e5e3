import { createServer } from 'node:http'

/** What a task is done with. */
const summarise = (text) => `${text.split(/(?<=[.!?])\s/)[0]} (${text.length} characters)`

/**
 * An ExApp: it registers a command, a place in the top menu and a provider of tasks, and does what it is called for.
 * @param nextcloud where the server is
 * @param secret what it was registered with
 */
export function createExApp({ nextcloud, id, version, secret }) {
  /** Call the server, for an account or for nobody. */
  async function call(method, path, body, userId = '') {
    const response = await fetch(`${nextcloud}/ocs/v2.php${path}`, {
      method,
      headers: {
        'EX-APP-ID': id,
        'EX-APP-VERSION': version,
        'AUTHORIZATION-APP-API': Buffer.from(`${userId}:${secret}`).toString('base64'),
        'OCS-APIRequest': 'true',
        Accept: 'application/json',
        'Content-Type': 'application/json',
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path} was answered with ${response.status}: ${text}`)
    return text === '' ? null : JSON.parse(text).ocs.data
  }

  /** Once it is enabled it says what it adds. */
  async function register() {
    await call('POST', '/apps/app_api/api/v1/occ_command', {
      name: `${id}:summarise`,
      description: 'Summarise a text',
      arguments: [{ name: 'text', mode: 'required', description: 'What to summarise' }],
      options: [],
      usages: [],
      execute_handler: '/occ',
    })
    await call('POST', '/apps/app_api/api/v1/ui/top-menu', {
      name: 'first',
      displayName: 'Summaries',
      icon: 'img/app.svg',
    })
    await call('POST', '/apps/app_api/api/v1/ai_provider/task_processing', {
      provider: {
        id: `${id}-summary`,
        name: 'Summaries',
        task_type: 'core:text2text:summary',
        expected_runtime: 1,
        ...{ optional_input_shape: [], optional_output_shape: [] },
        ...{ input_shape_enum_values: [], input_shape_defaults: [], optional_input_shape_enum_values: [] },
        ...{ optional_input_shape_defaults: [], output_shape_enum_values: [], optional_output_shape_enum_values: [] },
      },
      customTaskType: null,
    })
  }

  /** Do the next task, if one waits. @returns whether there was one */
  async function work() {
    const query = `providerIds[]=${id}-summary&taskTypeIds[]=core:text2text:summary`
    const next = await call('GET', `/taskprocessing/tasks_provider/next?${query}`)
    if (!next?.task) return false
    const output = { output: summarise(next.task.input.input) }
    await call('POST', `/taskprocessing/tasks_provider/${next.task.id}/result`, { output, errorMessage: null })
    return true
  }

  const routes = {
    'GET /heartbeat': () => ({ status: 'ok' }),
    'POST /init': () => {
      // It has nothing to fetch, and says so at once.
      queueMicrotask(() => call('PUT', '/apps/app_api/ex-app/status', { progress: 100 }).catch(console.error))
      return {}
    },
    'PUT /enabled': async ({ query }) => {
      if (query.get('enabled') === '1') await register().then(() => server.emit('registered'))
      return { error: '' }
    },
    'POST /occ': ({ body }) => `${summarise(body.occ.arguments.text)}\n`,
  }

  const server = createServer(async (request, response) => {
    let text = ''
    for await (const chunk of request) text += chunk
    const { pathname, searchParams } = new URL(request.url, 'http://localhost')
    const [, sent = ''] = Buffer.from(request.headers['authorization-app-api'] ?? '', 'base64')
      .toString()
      .split(':')
    const route = routes[`${request.method} ${pathname}`]
    if (!route) return response.writeHead(404).end()
    if (pathname !== '/heartbeat' && sent !== secret) return response.writeHead(401).end()
    try {
      const answer = await route({ query: searchParams, body: text === '' ? null : JSON.parse(text) })
      const isText = typeof answer === 'string'
      response.setHeader('Content-Type', isText ? 'text/plain' : 'application/json')
      response.end(isText ? answer : JSON.stringify(answer))
    } catch (error) {
      response.writeHead(500).end(error.message)
    }
  })
  return Object.assign(server, { work })
}
