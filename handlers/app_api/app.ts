import { defineApp } from '#app/index.ts'
import { exAppRegistrationReactions } from '#world/exapps/registrations.ts'
import { exAppTaskProviderReactions } from '#world/exapps/task-providers.ts'
import * as appsPage from './apps-page.ts'
import { capabilities, publicCapabilities } from './capabilities.ts'
import { deleteAppConfigValues, getAppConfigValues, setAppConfigValue } from './config.ts'
import * as daemonsModule from './daemons.ts'
import { exAppForms } from './declared-forms.ts'
import { getListener, registerListener, unregisterListener } from './events-listener.ts'
import {
  getEnabledState,
  getExApp,
  getExAppsList,
  setAppInitProgress,
  setAppInitProgressDeprecated,
  setExAppEnabled,
} from './ex-apps.ts'
import * as filesActionsMenu from './files-actions-menu.ts'
import * as initialState from './initial-state.ts'
import { log } from './log.ts'
import { exAppNavigation } from './navigation.ts'
import { getNextcloudAbsoluteUrl, getNextcloudUrl } from './nextcloud-url.ts'
import { sendNotification } from './notifications.ts'
import { exAppNotifier } from './notifier.ts'
import { exAppConfigCommands } from './occ/config.ts'
import { daemonCommands } from './occ/daemons.ts'
import { exAppLifeCommands } from './occ/ex-apps.ts'
import { exAppCommands } from './occ/registered-commands.ts'
import { registryCommands } from './occ/registries.ts'
import { getCommand, registerCommand, unregisterCommand } from './occ-commands.ts'
import { deleteUserConfigValues, getUserConfigValues, setUserConfigValue } from './preferences.ts'
import { request, requestForUser } from './requests.ts'
import { disableExApp, enableExApp, registerExApp, unregisterExApp } from './scenario-actions.ts'
import * as scripts from './script.ts'
import { daemons, seededExApps } from './seed.ts'
import { getForm, registerForm, unregisterForm } from './settings-forms.ts'
import * as styles from './style.ts'
import { proxyTalkMessage, registerTalkBot, unregisterTalkBot } from './talk-bots.ts'
import { getProvider, registerProvider, unregisterProvider } from './task-providers.ts'
import * as topMenu from './top-menu.ts'
import { getUsersList } from './users.ts'

export const app = defineApp('app_api', {
  endpoints: [
    setAppConfigValue,
    getAppConfigValues,
    deleteAppConfigValues,
    getExAppsList,
    getExApp,
    setExAppEnabled,
    setAppInitProgress,
    setAppInitProgressDeprecated,
    getEnabledState,
    topMenu.registerMenuEntry,
    topMenu.unregisterMenuEntry,
    topMenu.getMenuEntry,
    filesActionsMenu.registerFileAction,
    filesActionsMenu.registerFileActionV2,
    filesActionsMenu.unregisterFileAction,
    filesActionsMenu.getFileAction,
    sendNotification,
    registerCommand,
    unregisterCommand,
    getCommand,
    initialState.setInitialState,
    initialState.deleteInitialState,
    initialState.getInitialState,
    scripts.setScript,
    scripts.deleteScript,
    scripts.getScript,
    styles.setStyle,
    styles.deleteStyle,
    styles.getStyle,
    setUserConfigValue,
    getUserConfigValues,
    deleteUserConfigValues,
    request,
    requestForUser,
    log,
    getUsersList,
    getNextcloudUrl,
    getNextcloudAbsoluteUrl,
    registerListener,
    unregisterListener,
    getListener,
    registerForm,
    unregisterForm,
    getForm,
    registerTalkBot,
    unregisterTalkBot,
    proxyTalkMessage,
    registerProvider,
    unregisterProvider,
    getProvider,
  ],
  routes: [
    daemonsModule.listDaemons,
    daemonsModule.registerDaemon,
    daemonsModule.updateDaemon,
    daemonsModule.unregisterDaemon,
    daemonsModule.verifyDaemon,
    daemonsModule.checkDaemon,
    daemonsModule.addRegistry,
    daemonsModule.removeRegistry,
    daemonsModule.startTestDeploy,
    daemonsModule.stopTestDeploy,
    daemonsModule.getTestDeployStatus,
    daemonsModule.setAdminConfig,
    appsPage.listApps,
    appsPage.listCategories,
    appsPage.enableApp,
    appsPage.disableApp,
    appsPage.updateApp,
    appsPage.uninstallApp,
    appsPage.getAppStatus,
    appsPage.getAppLogs,
    appsPage.getAppDeployOptions,
    appsPage.force,
  ],
  capabilities: [capabilities, publicCapabilities],
  reactions: [exAppTaskProviderReactions, exAppRegistrationReactions],
  seed: [daemons, seededExApps],
  scenarioActions: [registerExApp, disableExApp, enableExApp, unregisterExApp],
  commands: [...daemonCommands, ...registryCommands, ...exAppLifeCommands, ...exAppConfigCommands],
  commandSources: [exAppCommands],
  navigation: [exAppNavigation],
  notifiers: [exAppNotifier],
  settingsForms: [exAppForms],
})
