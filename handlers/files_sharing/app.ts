import { defineApp } from '#app/index.ts'
import { predefinedStatuses } from '#app/user-status.ts'
import { expiredShareJob } from '#world/sharing/expire.ts'
import { shareReactions } from '#world/sharing/react.ts'
import { acceptPage } from './accept-page.ts'
import { sharingProvider } from './activity.ts'
import { sharesFilter } from './activity-filter.ts'
import { capabilities } from './capabilities.ts'
import { createShare } from './create-share.ts'
import { listDeletedShares, restoreDeletedShare } from './deleted-shares.ts'
import { sharingTabStates } from './initial-state.ts'
import { shareNotices } from './notices.ts'
import { sharingCommands } from './occ.ts'
import { ofOwncloud } from './owncloud/capabilities.ts'
import { createShare as createOwncloudShare } from './owncloud/create-share.ts'
import * as owncloudRemoteShares from './owncloud/remote-shares.ts'
import { searchSharees as searchOwncloudSharees } from './owncloud/sharees.ts'
import * as owncloudShares from './owncloud/shares.ts'
import { updateShare as updateOwncloudShare } from './owncloud/update-share.ts'
import { authenticate, downloadNamedShare, downloadShare, showAuthenticate, showShare } from './public-pages.ts'
import { directPreview, publicPreview } from './public-previews.ts'
import {
  acceptRemoteShare,
  declineRemoteShare,
  getRemoteShare,
  listOpenRemoteShares,
  listRemoteShares,
  unshareRemoteShare,
} from './remote-shares.ts'
import { expireShare } from './scenario-actions.ts'
import { seededShares } from './seed.ts'
import { sendShareEmail } from './send-email.ts'
import { shareNotifier } from './share-notifier.ts'
import { recommendSharees, searchSharees } from './sharees.ts'
import * as shares from './shares.ts'
import { shareStories } from './stories.ts'
import { generateToken } from './token.ts'
import { updateShare } from './update-share.ts'

export const app = defineApp('files_sharing', {
  data: [predefinedStatuses],
  endpoints: [
    createShare,
    listDeletedShares,
    restoreDeletedShare,
    listRemoteShares,
    listOpenRemoteShares,
    acceptRemoteShare,
    declineRemoteShare,
    getRemoteShare,
    unshareRemoteShare,
    sendShareEmail,
    searchSharees,
    recommendSharees,
    shares.getShares,
    shares.getInheritedShares,
    shares.getShare,
    shares.deleteShare,
    shares.pendingShares,
    shares.acceptShare,
    generateToken,
    updateShare,
    createOwncloudShare,
    updateOwncloudShare,
    owncloudShares.getShares,
    owncloudShares.getShare,
    owncloudShares.deleteShare,
    searchOwncloudSharees,
    ...Object.values(owncloudRemoteShares),
  ],
  routes: [
    ...[showShare, showAuthenticate, authenticate, downloadShare, downloadNamedShare],
    ...[publicPreview, directPreview, acceptPage],
  ],
  capabilities: [capabilities, ofOwncloud],
  reactions: [shareReactions, shareNotices],
  backgroundJobs: [expiredShareJob],
  seed: [seededShares],
  scenarioActions: [expireShare],
  commands: sharingCommands,
  notifiers: [shareNotifier],
  activityProviders: [sharingProvider],
  stories: shareStories,
  activityFilters: [sharesFilter],
  initialStates: [sharingTabStates],
})
