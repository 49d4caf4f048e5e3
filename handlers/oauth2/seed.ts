import { defineSeedMember, inPlace, SeedError, s } from '#app/index.ts'
import * as clients from '#world/accounts/oauth-clients.ts'

const clientSeed = s.object({
  name: s.string(),
  redirectUri: s.described('where its users come back to', s.string()),
  clientId: s.optional(s.described('default: a random one', s.string())),
  clientSecret: s.optional(s.described('default: a random one', s.string())),
})

/** `oauthClients: [{ name: App, redirectUri: https://app.example.com/back, clientId: app, clientSecret: secret }]` */
export const seededClients = defineSeedMember({
  name: 'oauthClients',
  after: ['apps'],
  schema: s.described('clients of OAuth 2', s.list(clientSeed)),
  read: (world, list) => {
    for (const [i, seed] of list.entries()) {
      inPlace(i, () => {
        if (!clients.isAddress(seed.redirectUri))
          throw new SeedError(['redirectUri'], `"${seed.redirectUri}" is no whole address.`)
        const { name, redirectUri, clientId, clientSecret } = seed
        clients.add(world, {
          name,
          redirectUri,
          ...(clientId === undefined ? {} : { clientId }),
          ...(clientSecret === undefined ? {} : { clientSecret }),
        })
      })
    }
  },
})
