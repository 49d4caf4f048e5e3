import { expect, it } from 'vitest'
import { createOcsMock, type Seed } from '#index.ts'

async function providers(seed: Seed = {}): Promise<unknown> {
  const page = await createOcsMock({ seed, signedInAs: 'admin' }).page({ app: 'files' })
  return page.description.initialStates['viewer-enabled_preview_providers']
}

it('tells the page of files what there are previews of, the longest first', async () => {
  expect(await providers()).toEqual([
    ...['/application\\/vnd.oasis.opendocument.*/', '/application\\/x-krita/', '/text\\/(x-)?markdown/'],
    ...['/image\\/x-xbitmap/', '/image\\/webp/', '/image\\/jpeg/', '/text\\/plain/', '/image\\/bmp/', '/image\\/gif/'],
    '/image\\/png/',
  ])
})

it('follows what the administrator enables', async () => {
  const enabledPreviewProviders = ['OC\\Preview\\PNG', '\\OC\\Preview\\JPEG', 'OC\\Preview\\Nonsense']
  expect(await providers({ config: { system: { enabledPreviewProviders } } })).toEqual([
    '/image\\/jpeg/',
    '/image\\/png/',
  ])
  expect(await providers({ config: { system: { enable_previews: false } } })).toEqual([])
})

it('is on no other page', async () => {
  const page = await createOcsMock({ signedInAs: 'admin' }).page({ app: 'dashboard' })
  expect(page.description.initialStates).not.toHaveProperty('viewer-enabled_preview_providers')
})
