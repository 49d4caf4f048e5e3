import { defineApp } from '#app/index.ts'
import { accountStories } from './account-stories.ts'
import * as appConfig from './app-config.ts'
import * as apps from './apps.ts'
import { capabilities } from './capabilities.ts'
import { getGroup, getGroupUsers, getGroupUsersDetails, getSubAdminsOfGroup } from './group-members.ts'
import { groupStories } from './group-stories.ts'
import { addGroup, deleteGroup, getGroups, getGroupsDetails, updateGroup } from './groups.ts'
import * as ofOwncloudApps from './owncloud/apps.ts'
import { editUser as editUserOfOwncloud } from './owncloud/edit-user.ts'
import * as ofOwncloudGroups from './owncloud/groups.ts'
import * as ofOwncloudSubAdmins from './owncloud/sub-admins.ts'
import * as ofOwncloudUserGroups from './owncloud/user-groups.ts'
import * as ofOwncloudUsers from './owncloud/users.ts'
import { deleteMultiplePreference, deletePreference, setMultiplePreferences, setPreference } from './preferences.ts'
import { settingsStories } from './setting-stories.ts'
import { addSubAdmin, getUserSubAdminGroups, getUserSubAdminGroupsDetails, removeSubAdmin } from './sub-admins.ts'
import { getCurrentUser, getEditableFields, getEditableFieldsForUser, getEnabledApps } from './user.ts'
import { addToGroup, getUsersGroups, getUsersGroupsDetails, removeFromGroup } from './user-groups.ts'
import { userStories } from './user-stories.ts'
import { getDisabledUsersDetails, getLastLoggedInUsers, getUser, getUsers, getUsersDetails } from './users.ts'
import { searchByPhoneNumbers } from './users-by-phone.ts'
import { addUser } from './users-create.ts'
import { editUser } from './users-edit.ts'
import { editUserMultiValue } from './users-edit-mails.ts'
import { editUserMultiField } from './users-edit-many.ts'
import { deleteUser, disableUser, enableUser, resendWelcomeMessage, wipeUserDevices } from './users-manage.ts'

/** The provisioning API of ownCloud. */
const ofOwncloud = [
  ofOwncloudApps,
  ofOwncloudGroups,
  ofOwncloudSubAdmins,
  ofOwncloudUserGroups,
  ofOwncloudUsers,
  { editUserOfOwncloud },
].flatMap((module) => Object.values(module))

export const app = defineApp('provisioning_api', {
  endpoints: [
    appConfig.getApps,
    appConfig.getKeys,
    appConfig.getValue,
    appConfig.setValue,
    appConfig.deleteKey,
    apps.getApps,
    apps.getAppInfo,
    apps.enable,
    apps.disable,
    getGroup,
    getGroupUsers,
    getGroupUsersDetails,
    getSubAdminsOfGroup,
    getGroups,
    getGroupsDetails,
    addGroup,
    updateGroup,
    deleteGroup,
    setPreference,
    setMultiplePreferences,
    deletePreference,
    deleteMultiplePreference,
    getUserSubAdminGroups,
    getUserSubAdminGroupsDetails,
    addSubAdmin,
    removeSubAdmin,
    getCurrentUser,
    getEnabledApps,
    getEditableFields,
    getEditableFieldsForUser,
    getUsersGroups,
    getUsersGroupsDetails,
    addToGroup,
    removeFromGroup,
    getUsers,
    getUsersDetails,
    getDisabledUsersDetails,
    getLastLoggedInUsers,
    getUser,
    searchByPhoneNumbers,
    addUser,
    editUser,
    editUserMultiValue,
    editUserMultiField,
    deleteUser,
    wipeUserDevices,
    enableUser,
    disableUser,
    resendWelcomeMessage,
    ...ofOwncloud,
  ],
  capabilities: [capabilities],
  stories: [...userStories, ...accountStories, ...groupStories, ...settingsStories],
})
