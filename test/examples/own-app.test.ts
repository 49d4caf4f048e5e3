/** The chapter about apps of one's own says what the example is, and all of it. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createOcsMock } from '#index.ts'
import hello from '../../examples/own-app/hello/app.ts'
import yourapp from '../../examples/own-app/yourapp/app.ts'
import { OWN_APP, ownAppBlocks, ownAppFiles } from '../../scripts/support/own-app.ts'

const blocks = ownAppBlocks().filter(({ language }) => language !== 'sh')

describe('docs/own-app.md', () => {
  it.each(blocks.map(({ file, text }) => [file, text]))('prints %s as it is', (file, text) => {
    expect(text).toBe(readFileSync(join(OWN_APP, file), 'utf8'))
  })

  it('prints every file of the example', () => {
    expect(blocks.map(({ file }) => file).sort()).toEqual(ownAppFiles())
  })

  it('has apps that answer', async () => {
    const ocs = createOcsMock({ apps: [hello, yourapp], signedInAs: 'admin' })
    const ask = async (path: string) => (await ocs.fetch(`http://cloud${path}`)).json()
    expect(await ask('/ocs/v2.php/apps/hello/greeting?format=json')).toMatchObject({
      ocs: { data: { text: 'Hello, admin' } },
    })
    expect(await ask('/ocs/v2.php/apps/yourapp/foobar/7?format=json')).toMatchObject({
      ocs: { data: { id: 7, userId: 'admin' } },
    })
    expect(await ask('/index.php/apps/yourapp/')).toEqual({ hello: 'world' })
  })
})
