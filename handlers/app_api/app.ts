import { defineApp } from '#app/index.ts'
import { exAppRegistrationReactions } from '#world/exapps/registrations.ts'
import { exAppTaskProviderReactions } from '#world/exapps/task-providers.ts'
import { capabilities, publicCapabilities } from './capabilities.ts'
import { deleteAppConfigValues, getAppConfigValues, setAppConfigValue } from './config.ts'
import * as daemonsModule from './daemons.ts'
import {
  getEnabledState,
  getExApp,
  getExAppsList,
  setAppInitProgress,
  setAppInitProgressDeprecated,
  setExAppEnabled,
} from './ex-apps.ts'
import * as exAppsPage from './ex-apps-page.ts'
import * as menus from './menus.ts'
import { exAppNavigation } from './navigation.ts'
import { sendNotification } from './notifications.ts'
import { exAppNotifier } from './notifier.ts'
import { exAppConfigCommands } from './occ/config.ts'
import { daemonCommands } from './occ/daemons.ts'
import { exAppLifeCommands } from './occ/ex-apps.ts'
import { exAppCommands } from './occ/registered-commands.ts'
import { registryCommands } from './occ/registries.ts'
import { getCommand, registerCommand, unregisterCommand } from './occ-commands.ts'
import * as pageParts from './page-parts.ts'
import { deleteUserConfigValues, getUserConfigValues, setUserConfigValue } from './preferences.ts'
import { request, requestForUser } from './requests.ts'
import { disableExApp, enableExApp, registerExApp, unregisterExApp } from './scenario-actions.ts'
import { daemons, seededExApps } from './seed.ts'
import * as server from './server.ts'
import { getForm, registerForm, unregisterForm } from './settings-forms.ts'
import { proxyTalkMessage, registerTalkBot, unregisterTalkBot } from './talk-bots.ts'
import { getProvider, registerProvider, unregisterProvider } from './task-providers.ts'

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
    menus.registerMenuEntry,
    menus.unregisterMenuEntry,
    menus.getMenuEntry,
    menus.registerFileAction,
    menus.registerFileActionV2,
    menus.unregisterFileAction,
    menus.getFileAction,
    sendNotification,
    registerCommand,
    unregisterCommand,
    getCommand,
    pageParts.setInitialState,
    pageParts.deleteInitialState,
    pageParts.getInitialState,
    pageParts.setScript,
    pageParts.deleteScript,
    pageParts.getScript,
    pageParts.setStyle,
    pageParts.deleteStyle,
    pageParts.getStyle,
    setUserConfigValue,
    getUserConfigValues,
    deleteUserConfigValues,
    request,
    requestForUser,
    server.log,
    server.getUsersList,
    server.getNextcloudUrl,
    server.getNextcloudAbsoluteUrl,
    server.registerListener,
    server.unregisterListener,
    server.getListener,
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
    exAppsPage.listApps,
    exAppsPage.listCategories,
    exAppsPage.enableApp,
    exAppsPage.disableApp,
    exAppsPage.updateApp,
    exAppsPage.uninstallApp,
    exAppsPage.getAppStatus,
    exAppsPage.getAppLogs,
    exAppsPage.getAppDeployOptions,
    exAppsPage.force,
  ],
  capabilities: [capabilities, publicCapabilities],
  reactions: [exAppTaskProviderReactions, exAppRegistrationReactions],
  seed: [daemons, seededExApps],
  scenarioActions: [registerExApp, disableExApp, enableExApp, unregisterExApp],
  commands: [...daemonCommands, ...registryCommands, ...exAppLifeCommands, ...exAppConfigCommands],
  commandSources: [exAppCommands],
  navigation: [exAppNavigation],
  notifiers: [exAppNotifier],
})
