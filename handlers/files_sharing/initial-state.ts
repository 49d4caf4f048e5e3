import { defineInitialState } from '#app/index.ts'
import { getAppBool } from '#world/settings/config.ts'

const APP = 'files_sharing'

export const sharingTabStates = defineInitialState({
  pages: ['files'],
  provide: ({ world }) => ({
    showFederatedSharesAsInternal: getAppBool(world, APP, 'show_federated_shares_as_internal', false),
    showFederatedSharesToTrustedServersAsInternal: getAppBool(
      world,
      APP,
      'show_federated_shares_to_trusted_servers_as_internal',
      false,
    ),
    showExternalSharing: getAppBool(world, APP, 'showExternalSharing', true),
  }),
})
