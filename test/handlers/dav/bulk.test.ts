import { md5 } from '#lib/md5.ts'
import { ask } from '../../support/dav.ts'
import { everyTransport, expect, it } from '../../support/ways.ts'

const seed = { users: [{ id: 'alice', password: 'secret' }] }
const as = 'alice:secret'

/** One file of a bulk upload. */
const part = (path: string, text: string, hash = md5(text)) =>
  `--edge\r\nContent-Length: ${text.length}\r\nX-File-Path: ${path}\r\nX-File-MD5: ${hash}\r\nX-File-MTime: 1700000000\r\n\r\n${text}\r\n`

everyTransport('many files at once', { seed }, (way) => {
  const upload = (body: string, type = 'multipart/related; boundary=edge') =>
    ask(way, 'POST', '/remote.php/dav/bulk', { as, body, headers: { 'Content-Type': type } })
  const get = (path: string) => ask(way, 'GET', `/remote.php/dav/files/alice${path}`, { as })

  it('are written each for itself', async () => {
    const answer = await upload(
      `${part('/a.txt', 'one')}${part('/none/b.txt', 'two')}${part('/c.txt', 'three')}--edge--\r\n`,
    )
    const told = JSON.parse(answer.text)
    expect([answer.status, told['/a.txt'].error, told['/none/b.txt'].error, told['/c.txt'].error]).toEqual([
      200,
      false,
      true,
      false,
    ])
    const file = await get('/a.txt')
    expect([file.text, file.headers.get('ETag')]).toEqual(['one', `"${told['/a.txt'].etag}"`])
    expect(file.headers.get('Last-Modified')).toBe('Tue, 14 Nov 2023 22:13:20 GMT')
  })

  it('end with the first that came broken; what was written stays', async () => {
    const answer = await upload(`${part('/a.txt', 'one')}${part('/b.txt', 'two', md5('other'))}--edge--\r\n`)
    expect([answer.status, Object.keys(JSON.parse(answer.text))]).toEqual([400, ['/a.txt']])
    expect([(await get('/a.txt')).status, (await get('/b.txt')).status]).toEqual([200, 404])
  })

  it('need to say where one ends and the next begins', async () => {
    expect((await upload('x', 'text/plain')).status).toBe(400)
  })
})
