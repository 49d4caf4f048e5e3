// What an intercepted fetch costs: with one static handler of MSW, with our handlers, with ocs.fetch, and as much of it
// as the platform's own Request and Response are.
import { HttpResponse, http } from 'msw'
import { setupServer } from 'msw/node'
import { createOcsMock } from '../../dist/index.js'

const URL = 'https://cloud.example.com/ocs/v2.php/cloud/capabilities?format=json'
const headers = { Authorization: `Basic ${btoa('admin:admin')}`, 'OCS-APIRequest': 'true' }
const { rounds, requests } = JSON.parse(process.argv[2])

const ocs = createOcsMock()
const answer = await ocs.fetch(URL, { headers })
const body = await answer.text()
const init = { status: answer.status, headers: answer.headers }

const ways = {
  static: intercepting(
    http.get('https://cloud.example.com/ocs/v2.php/cloud/capabilities', () => new HttpResponse(body, init)),
  ),
  ours: intercepting(...ocs.handlers),
  direct: { fetch: (url, options) => ocs.fetch(url, options), open() {}, close() {} },
  platform: { fetch: (url, options) => new Request(url, options) && new Response(body, init), open() {}, close() {} },
}

function intercepting(...handlers) {
  const server = setupServer(...handlers)
  return {
    fetch: (url, options) => globalThis.fetch(url, options),
    open: () => server.listen({ onUnhandledRequest: 'error' }),
    close: () => server.close(),
  }
}

async function microseconds({ fetch, open, close }) {
  open()
  const before = process.cpuUsage()
  for (let i = 0; i < requests; i++) {
    const text = await (await fetch(URL, { headers })).text()
    if (text.length !== body.length) throw new Error(`Another answer: ${text}`)
  }
  const { user, system } = process.cpuUsage(before)
  close()
  return (user + system) / requests
}

for (const way of Object.values(ways)) for (let i = 0; i < 3; i++) await microseconds(way)
const measured = { static: [], ours: [], direct: [], platform: [] }
for (let round = 0; round < rounds; round++) {
  for (const [name, way] of Object.entries(ways)) measured[name].push(await microseconds(way))
}
console.log(JSON.stringify(measured))
