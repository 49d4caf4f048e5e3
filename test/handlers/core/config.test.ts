import { directly, expect, it } from '../../support/ways.ts'

directly('GET /config', {}, (way) => {
  way.inEveryWay('tells everyone the version of OCS and the host', async () => {
    const answer = await way.ask('GET', '/config')
    expect(answer.code).toBe(200)
    const host = way.name === 'server' ? /127\.0\.0\.1:\d+/.exec(answer.text)![0] : 'cloud.example.com'
    answer.expectData({
      version: '1.7',
      website: 'Nextcloud',
      host,
      contact: '',
      ssl: way.name === 'server' ? 'false' : 'true',
    })
  })

  it('refuses a request that a foreign page could have sent', async () => {
    const answer = await way.ask('GET', '/config', { ocs: false })
    expect(answer.status).toBe(412)
    expect(JSON.parse(answer.text)).toEqual({ message: 'CSRF check failed' })
  })
})
