import { defineApp } from '#app/index.ts'
import { externalShareReactions } from '#world/sharing/external-shares.ts'
import * as requestHandler from './cloud-shares.ts'
import { remoteShareStates } from './initial-state.ts'
import { remoteShareNotifier } from './remote-share-notifier.ts'

export const app = defineApp('federatedfilesharing', {
  endpoints: [
    requestHandler.receiveRemoteShare,
    requestHandler.reshareRequested,
    requestHandler.updateRemotePermissions,
    requestHandler.remoteShareAccepted,
    requestHandler.remoteShareDeclined,
    requestHandler.remoteShareEnded,
    requestHandler.remoteShareRevoked,
    requestHandler.remoteShareMoved,
  ],
  reactions: [externalShareReactions],
  notifiers: [remoteShareNotifier],
  initialStates: [remoteShareStates],
})
