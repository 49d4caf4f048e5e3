import { defineRoute } from '#app/index.ts'
import { jsonAnswer } from '#line/call.ts'
import { getSystem } from '#world/settings/config.ts'
import { versionOf } from '#world/settings/version.ts'

/** What clients ask first: is this a Nextcloud, which one, and does it work. */
export const status = defineRoute({
  id: 'status',
  app: 'core',
  methods: ['*'],
  path: '/status.php',
  identify: false,
  summary: 'Whether the server is installed, which version it is, and whether it is under maintenance',
  handle: ({ world, profile }) => {
    const { version, versionString } = versionOf(world, profile)
    const body = {
      installed: true,
      maintenance: getSystem(world, 'maintenance', false),
      needsDbUpgrade: getSystem(world, 'needsDbUpgrade', false),
      version: version.join('.'),
      versionstring: versionString,
      edition: profile.edition,
      productname: profile.productName,
      extendedSupport: false,
    }
    const answer = jsonAnswer(200, body)
    return {
      ...answer,
      headers: [
        ['Content-Type', 'application/json'],
        ['Access-Control-Allow-Origin', '*'],
      ],
    }
  },
})
