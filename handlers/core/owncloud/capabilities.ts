import { type Capabilities, defineCapabilities } from '#app/capabilities.ts'
import { defineEndpoint, s } from '#app/index.ts'
import type { Profile } from '#profiles/profile.ts'
import { getSystem, getSystemInt, getSystemString } from '#world/settings/config.ts'
import { versionOf } from '#world/settings/version.ts'
import type { World } from '#world/world.ts'
import { gatherCapabilities } from '../capabilities.ts'

/** What `status.php` says. */
export const statusOf = (world: World, profile: Profile) => ({
  installed: true,
  maintenance: getSystem(world, 'maintenance', false),
  needsDbUpgrade: getSystem(world, 'needsDbUpgrade', false),
  version: versionOf(world, profile).version.join('.'),
  versionstring: versionOf(world, profile).versionString,
  edition: profile.edition,
  productname: profile.productName,
})

export const ofOwncloud: Capabilities = defineCapabilities({
  products: ['owncloud'],
  public: false,
  build: ({ world, profile }) => ({
    core: {
      pollinterval: getSystemInt(world, 'pollinterval', 60),
      'webdav-root': getSystemString(world, 'webdav-root', 'remote.php/webdav'),
      status: { ...statusOf(world, profile), hostname: 'localhost' },
    },
    checksums: { supportedTypes: ['SHA1'], preferredUploadType: 'SHA1' },
  }),
})

export const getCapabilities = defineEndpoint({
  id: 'core-owncloud:GET /cloud/capabilities',
  products: ['owncloud'],
  app: 'core',
  method: 'GET',
  path: '/cloud/capabilities',
  access: 'user',
  summary: 'Version of the server and what it and its apps can do',
  output: s.object({
    version: s.object({ major: s.int(), minor: s.int(), micro: s.int(), string: s.string(), edition: s.string() }),
    capabilities: s.record(s.record(s.any())),
  }),
  handle: async ({ world, profile, actor, request, catalogue, ok }) => {
    const said = versionOf(world, profile)
    const [major = 0, minor = 0, micro = 0] = said.version
    const version = { major, minor, micro, string: said.versionString, edition: profile.edition }
    const contributed = await catalogue.gather('capabilities')
    return ok({ version, capabilities: gatherCapabilities(contributed, { world, actor, request }) })
  },
})
