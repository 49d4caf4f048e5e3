import { defineApp } from '#app/index.ts'
import { homeReactions } from '#world/files/homes.ts'
import { skeletonTable } from '#world/files/skeleton.ts'
import { filesProvider } from './activity.ts'
import { fileFilters } from './activity-filters.ts'
import { capabilities, directEditing, windowsNames } from './capabilities.ts'
import { convert } from './conversion.ts'
import * as directEditingModule from './direct-editing.ts'
import { singleFileCommands } from './file-occ.ts'
import { getFolderTree } from './folder-tree.ts'
import { fileListStates } from './initial-state.ts'
import * as lists from './lists.ts'
import { mountCommands } from './mount-occ.ts'
import { nameCommands } from './names-occ.ts'
import { objectCommands } from './object-occ.ts'
import { fileCommands } from './occ.ts'
import * as openLocalEditor from './open-local-editor.ts'
import { ofOwncloud } from './owncloud/capabilities.ts'
import { filePages } from './pages.ts'
import { fileReferences } from './references.ts'
import { exhaustQuota } from './scenario-actions.ts'
import { fileSearch } from './search.ts'
import * as settings from './settings.ts'
import { editingTokensTable } from './state/editing-tokens.ts'
import { localEditingTable } from './state/local-editing.ts'
import { transferReactions, transfersTable } from './state/transfers.ts'
import { filesStories } from './stories.ts'
import * as templatesModule from './templates.ts'
import { thumbnail } from './thumbnail.ts'
import { transferNotifier } from './transfer-notifier.ts'
import { transferCommands } from './transfer-occ.ts'
import { accept, reject, transfer } from './transfer-ownership.ts'
import { favoritesWidget } from './widget.ts'

export const app = defineApp('files', {
  stories: [...filesStories],
  endpoints: [
    convert,
    directEditingModule.info,
    directEditingModule.templates,
    directEditingModule.open,
    directEditingModule.create,
    getFolderTree,
    lists.getRecentFiles,
    lists.getStorageStats,
    lists.updateFileTags,
    settings.getConfigs,
    settings.setConfig,
    settings.getViewConfigs,
    settings.setViewConfig,
    settings.showHiddenFiles,
    settings.cropImagePreviews,
    settings.showGridView,
    settings.getGridView,
    openLocalEditor.create,
    openLocalEditor.validate,
    templatesModule.list,
    templatesModule.listTemplateFields,
    templatesModule.create,
    templatesModule.path,
    transfer,
    accept,
    reject,
  ],
  routes: [thumbnail, ...filePages],
  capabilities: [capabilities, windowsNames, directEditing, ofOwncloud],
  tables: [skeletonTable, editingTokensTable, localEditingTable, transfersTable],
  reactions: [transferReactions, homeReactions],
  scenarioActions: [exhaustQuota],
  commands: [
    ...fileCommands,
    ...singleFileCommands,
    ...nameCommands,
    ...objectCommands,
    ...mountCommands,
    ...transferCommands,
  ],
  notifiers: [transferNotifier],
  activityProviders: [filesProvider],
  widgets: [favoritesWidget],
  searchProviders: [fileSearch],
  activityFilters: fileFilters,
  referenceProviders: [fileReferences],
  initialStates: [fileListStates],
})
