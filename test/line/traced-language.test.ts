import { request } from 'node:http'
import { expect, it } from 'vitest'
import { serve } from '#server.ts'

const headers = { Authorization: `Basic ${btoa('zoe:zoe')}`, 'OCS-APIRequest': 'true' }

/** `fetch` refuses to send TRACE. */
const trace = (url: string) =>
  new Promise<number | undefined>((resolve, reject) => {
    const sent = request(url, { method: 'TRACE', headers: { ...headers, 'Accept-Language': 'de' } }, (answer) => {
      answer.resume()
      answer.on('end', () => resolve(answer.statusCode))
    })
    sent.on('error', reject)
    sent.end()
  })

// Nextcloud 34.0.1, asked: OCS and pages refuse the method, WebDAV does not know it, and all of them know who came.
it.each([
  ['/ocs/v2.php/cloud/user', 405, 'de'],
  ['/index.php/apps/files', 405, 'de'],
  ['/remote.php/dav/files/zoe', 501, 'de'],
  ['/status.php', 200, 'en'],
])('TRACE of %s is answered %i, and whoever comes in by it first speaks %s then', async (path, status, language) => {
  const server = await serve({ seed: { users: ['zoe'] } })
  try {
    expect(await trace(server.url + path)).toBe(status)
    const user = await fetch(`${server.url}/ocs/v2.php/cloud/user?format=json`, { headers })
    expect((await user.json()).ocs.data.language).toBe(language)
  } finally {
    await server.close()
  }
})
