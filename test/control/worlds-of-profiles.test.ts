import { describe, expect, it } from 'vitest'
import { ControlledMock } from '#control/controlled-mock.ts'
import { createOcsMock } from '#index.ts'
import { callFromRequest, responseFromAnswer } from '#line/call.ts'

const ask = async (mock: ControlledMock, path: string, headers: Record<string, string> = {}) => {
  const request = new Request(`http://localhost${path}`, { headers })
  return responseFromAnswer(await mock.handle(callFromRequest(request)))
}

describe('a world whose name says with which profile it is made', () => {
  it('has that profile, by path and by header', async () => {
    const mock = new ControlledMock(createOcsMock())
    const byPath = await ask(mock, '/w/ci@nextcloud-33/status.php')
    const byHeader = await ask(mock, '/status.php', { 'X-OCS-Mock-World': 'ci@nextcloud-27' })
    const plain = await ask(mock, '/w/ci/status.php')

    expect((await byPath.json()).versionstring).toBe('33.0.0')
    expect((await byHeader.json()).versionstring).toBe('27.1.10 RC1')
    expect((await plain.json()).versionstring).toBe('34.0.1')
  })

  it('cannot be made with a profile that there is not', async () => {
    const mock = new ControlledMock(createOcsMock())
    const answer = await ask(mock, '/w/ci@nextcloud-3/status.php')

    expect(answer.status).toBe(503)
    expect((await answer.json()).error).toContain('Failed to find the profile "nextcloud-3"')
  })

  it('keeps its profile when the apps of its own change', async () => {
    const mock = new ControlledMock(createOcsMock())
    await ask(mock, '/w/ci@nextcloud-32/status.php')
    mock.replaceApps([])

    expect((await (await ask(mock, '/w/ci@nextcloud-32/status.php')).json()).versionstring).toBe('32.0.2')
  })
})
