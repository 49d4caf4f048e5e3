import { describe, expect, it } from 'vitest'
import { createOcsMock } from '#index.ts'

const headers = { Authorization: `Basic ${btoa('admin:admin')}`, 'OCS-APIRequest': 'true', Accept: 'application/json' }

const read = async (ocs: ReturnType<typeof createOcsMock>, path: string) =>
  (await ocs.fetch(`http://localhost${path}`, { headers })).json()

describe('a seed that says which version the server is', () => {
  it('is followed by status.php, the capabilities and occ', async () => {
    const ocs = createOcsMock({ seed: { version: '34.0.7.3' } })
    const { ocs: answer } = await read(ocs, '/ocs/v2.php/cloud/capabilities')

    expect(await read(ocs, '/status.php')).toMatchObject({ version: '34.0.7.3', versionstring: '34.0.7' })
    expect(answer.data.version).toMatchObject({ major: 34, minor: 0, micro: 7, string: '34.0.7' })
    expect((await ocs.occ(['--version'])).stdout).toContain('34.0.7')
  })

  it('may name what is no release yet', async () => {
    const ocs = createOcsMock({ seed: { version: '35.0.0 RC1' } })

    expect(await read(ocs, '/status.php')).toMatchObject({ version: '35.0.0.0', versionstring: '35.0.0 RC1' })
  })

  it('is an error where it says none', () => {
    expect(() => createOcsMock({ seed: { version: 'thirty' } })).toThrow('Write three or four numbers')
  })
})

describe('a seed that says what the server can do', () => {
  it('is laid over what its apps say', async () => {
    const ocs = createOcsMock({
      seed: { capabilities: { notes: { api_version: ['1.3'] }, theming: { slogan: null } } },
    })
    const { capabilities } = (await read(ocs, '/ocs/v2.php/cloud/capabilities')).ocs.data

    expect(capabilities.notes).toEqual({ api_version: ['1.3'] })
    expect(capabilities.theming).not.toHaveProperty('slogan')
    expect(capabilities.theming).toHaveProperty('name')
  })
})
