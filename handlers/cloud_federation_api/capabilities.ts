import { type CapabilityArguments, defineCapabilities } from '#app/capabilities.ts'
import type { PhpArray } from '#lib/php.ts'
import { byRelease } from '#lib/releases.ts'
import { getApp, getAppBool } from '#world/settings/config.ts'
import { versionOf } from '#world/settings/version.ts'

/** What other servers may ask of this one by Open Cloud Mesh. */
export const capabilities = defineCapabilities({
  public: false,
  onPages: false,
  members: {
    'ocm/version': { since: 32 },
    'ocm/publicKey': { since: 32 },
    'ocm/provider': { since: 32 },
    'ocm/capabilities': { since: 32 },
  },
  build: (args) => ({
    ocm: discovery(args),
  }),
})

type DiscoveryArguments = Pick<CapabilityArguments, 'world' | 'profile' | 'request'>

const ABILITIES = byRelease(['/invite-accepted', '/notifications', '/shares'], {
  33: ['invite-accepted', 'notifications', 'shares'],
})

const providerOf = ({ world, profile }: DiscoveryArguments) =>
  `${profile.productName} ${versionOf(world, profile).version.join('.')}`

const switchedOff = (args: DiscoveryArguments): PhpArray => ({
  enabled: false,
  apiVersion: '1.0-proposal1',
  version: '',
  endPoint: '',
  publicKey: null,
  provider: providerOf(args),
  resourceTypes: [],
})

/** What this server says of itself to others, unless it is told not to. */
export function discovery(args: DiscoveryArguments): PhpArray {
  if (!getAppBool(args.world, 'core', 'ocm_discovery_enabled', true)) return switchedOff(args)
  const { baseUrl } = args.request
  const dialog = getApp(args.world, 'core', 'ocm_invite_accept_dialog')
  return {
    ...switchedOff(args),
    enabled: true,
    version: '1.1.0',
    endPoint: `${baseUrl}/index.php/ocm`,
    resourceTypes: [{ name: 'file', shareTypes: ['user', 'group'], protocols: { webdav: '/public.php/webdav/' } }],
    capabilities: ABILITIES.at(args.profile.release),
    inviteAcceptDialog: dialog === '' ? undefined : dialog,
  }
}
