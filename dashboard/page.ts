import type { BundledPage } from './bundle.ts'

/**
 * The page of the server, as one file. Run from the sources, it is bundled when it is first asked for; the build puts
 * the bundle in the place of this module.
 */
export async function page(): Promise<Omit<BundledPage, 'files'>> {
  const { bundlePage } = await import('./bundle.ts')
  return bundlePage()
}
