import { defineApp } from '#app/index.ts'
import { accountReactions, newProfileReactions } from '#world/accounts/accounts.ts'
import { avatarReactions, avatarsTable } from '#world/accounts/avatars.ts'
import { knownUserReactions, knownUsersTable } from '#world/accounts/known-users.ts'
import { idleSessionJob } from '#world/accounts/sessions.ts'
import { tokenReactions } from '#world/accounts/tokens.ts'
import { twoFactorReactions } from '#world/accounts/two-factor.ts'
import { avatarFileReactions } from '#world/files/appdata.ts'
import {
  confirmUserPassword,
  deleteAppPassword,
  getAppPassword,
  getAppPasswordWithOneTimePassword,
  rotateAppPassword,
} from './app-password.ts'
import { autoComplete } from './auto-complete.ts'
import { account, bruteForce, getCapabilities, metadata, server } from './capabilities.ts'
import * as collections from './collections.ts'
import { getConfig } from './config.ts'
import { contactsMenu, contactTeams, findContact } from './contacts-menu.ts'
import { getUser } from './hover-card.ts'
import { getIdentityProof } from './identity-proof.ts'
import { avatar, avatarDark, guestAvatar, guestAvatarDark } from './images/avatars.ts'
import { previewById, previewByPath } from './images/previews.ts'
import { deleteAvatar, postAvatar } from './images/set-avatar.ts'
import { imageOfApp, imageOfServer } from './images/shipped-images.ts'
import { loginStates, menuStates, referenceStates, searchStates, serverStates } from './initial-state.ts'
import { getAppsNavigation, getSettingsNavigation } from './navigation.ts'
import { getCapabilities as getOwncloudCapabilities, ofOwncloud } from './owncloud/capabilities.ts'
import * as owncloudConfig from './owncloud/config.ts'
import { getCurrentUser as getOwncloudUser } from './owncloud/current-user.ts'
import { status as owncloudStatus } from './owncloud/status.ts'
import { checkPerson } from './person.ts'
import { getProfileFields, setVisibility } from './profile.ts'
import { profileReferences } from './profile-references.ts'
import * as references from './references.ts'
import * as scenarioActions from './scenario-actions.ts'
import * as seed from './seed.ts'
import { accountShares, emailShares, groupShares, remoteGroupShares, remoteShares } from './share-types.ts'
import { accountProfileReactions, visibilityTable } from './state/account-profiles.ts'
import { accessTable, collectionReactions, collectionsTable } from './state/collections.ts'
import { loginFlowsTable } from './state/login-flows.ts'
import { status } from './status.ts'
import { accountStories, collectionStories, processingStories } from './stories.ts'
import { taskCommands } from './task-occ.ts'
import * as taskProcessing from './task-processing.ts'
import * as taskProcessingProviders from './task-processing-providers.ts'
import { listTeams, resolveTeam } from './teams.ts'
import { deleteTextTask, getTextTask, listTextTasks, scheduleText, textTaskTypes } from './text-processing.ts'
import {
  deleteImageTask,
  getImage,
  getImageTask,
  isImageAvailable,
  listImageTasks,
  scheduleImage,
} from './text-to-image.ts'
import { translate, translationLanguages } from './translation.ts'
import { disable, enable, getState } from './two-factor.ts'
import { getProviders, search } from './unified-search.ts'
import { noContent } from './web/204.ts'
import { clientFlow } from './web/client-flow.ts'
import { cron } from './web/cron.ts'
import { csrfToken } from './web/csrf-token.ts'
import { entry, noService, ocsProvider, robots, wellKnown } from './web/entry.ts'
import { heartbeat } from './web/heartbeat.ts'
import { confirmPassword, showLogin, tryLogin } from './web/login.ts'
import * as loginFlow from './web/login-flow.ts'
import { logout } from './web/logout.ts'
import { dismissWhatsNew, getWhatsNew } from './whats-new.ts'
import { checkWipe, wipeDone } from './wipe.ts'
import { wipeNotifier } from './wipe-notifier.ts'

export const app = defineApp('core', {
  stories: [...accountStories, ...collectionStories, ...processingStories],
  endpoints: [
    getWhatsNew,
    dismissWhatsNew,
    getAppPassword,
    getAppPasswordWithOneTimePassword,
    deleteAppPassword,
    rotateAppPassword,
    confirmUserPassword,
    autoComplete,
    getCapabilities,
    getOwncloudCapabilities,
    getOwncloudUser,
    owncloudConfig.getConfig,
    owncloudConfig.checkPerson,
    collections.listCollection,
    collections.searchCollections,
    collections.addResource,
    collections.removeResource,
    collections.renameCollection,
    collections.getCollectionsByResource,
    collections.createCollectionOnResource,
    getConfig,
    getUser,
    getAppsNavigation,
    getSettingsNavigation,
    checkPerson,
    getIdentityProof,
    getProfileFields,
    setVisibility,
    references.extract,
    references.extractPublic,
    references.resolveOne,
    references.resolveOnePublic,
    references.resolveMany,
    references.resolveManyPublic,
    references.getProvidersInfo,
    references.touchProvider,
    taskProcessing.taskTypes,
    taskProcessing.schedule,
    taskProcessing.getTask,
    taskProcessing.deleteTask,
    taskProcessing.listTasksByApp,
    taskProcessing.listTasks,
    taskProcessing.queueStats,
    taskProcessing.getFileContents,
    taskProcessing.cancelTask,
    taskProcessingProviders.taskTypesExApp,
    taskProcessingProviders.scheduleExApp,
    taskProcessingProviders.getTaskExApp,
    taskProcessingProviders.deleteTaskExApp,
    taskProcessingProviders.cancelTaskExApp,
    taskProcessingProviders.getFileContentsExApp,
    taskProcessingProviders.setFileContentsExApp,
    taskProcessingProviders.setProgress,
    taskProcessingProviders.setResult,
    taskProcessingProviders.getNextScheduledTask,
    taskProcessingProviders.getNextScheduledTaskBatch,
    resolveTeam,
    listTeams,
    textTaskTypes,
    scheduleText,
    getTextTask,
    deleteTextTask,
    listTextTasks,
    isImageAvailable,
    scheduleImage,
    getImageTask,
    deleteImageTask,
    getImage,
    listImageTasks,
    translationLanguages,
    translate,
    getState,
    enable,
    disable,
    getProviders,
    search,
  ],
  routes: [
    owncloudStatus,
    avatar,
    avatarDark,
    contactsMenu,
    findContact,
    contactTeams,
    postAvatar,
    deleteAvatar,
    guestAvatar,
    guestAvatarDark,
    previewById,
    previewByPath,
    status,
    entry,
    imageOfServer,
    imageOfApp,
    robots,
    wellKnown,
    ocsProvider,
    noService,
    noContent,
    heartbeat,
    cron,
    csrfToken,
    showLogin,
    tryLogin,
    logout,
    confirmPassword,
    loginFlow.init,
    loginFlow.poll,
    loginFlow.landing,
    loginFlow.pick,
    loginFlow.grantPage,
    loginFlow.grant,
    loginFlow.appToken,
    ...clientFlow,
    checkWipe,
    wipeDone,
  ],
  capabilities: [server, bruteForce, metadata, account, ofOwncloud],
  tables: [knownUsersTable, avatarsTable, visibilityTable, collectionsTable, accessTable, loginFlowsTable],
  backgroundJobs: [idleSessionJob],
  reactions: [
    accountReactions,
    newProfileReactions,
    tokenReactions,
    twoFactorReactions,
    collectionReactions,
    accountProfileReactions,
    avatarFileReactions,
    avatarReactions,
    knownUserReactions,
  ],
  seed: [
    seed.clock,
    seed.random,
    seed.apps,
    seed.config,
    seed.users,
    seed.groups,
    seed.skeleton,
    seed.files,
    seed.version,
    seed.trash,
    seed.capabilities,
    seed.processing,
    seed.counters,
  ],
  scenarioActions: [
    scenarioActions.enableApp,
    scenarioActions.disableApp,
    scenarioActions.disableAccount,
    scenarioActions.enableAccount,
    scenarioActions.revokeAppPassword,
    scenarioActions.createAppPassword,
    scenarioActions.setCapabilities,
    scenarioActions.setConfig,
  ],
  notifiers: [wipeNotifier],
  referenceProviders: [profileReferences],
  shareTypes: [accountShares, groupShares, remoteShares, remoteGroupShares, emailShares],
  commands: taskCommands,
  initialStates: [menuStates, loginStates, referenceStates, searchStates, serverStates],
})
