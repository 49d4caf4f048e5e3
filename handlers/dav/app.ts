import { defineApp } from '#app/index.ts'
import { contactReactions } from '#world/accounts/contacts.ts'
import { calendarJobs, groupwareReactions } from '#world/groupware/reactions.ts'
import { groupwareTables } from '#world/groupware/tables.ts'
import { absenceStories } from './absence-stories.ts'
import { davProvider } from './activity.ts'
import { davFilters } from './activity-filters.ts'
import { capabilities } from './capabilities.ts'
import { getDirectUrl } from './direct.ts'
import { directDownload, directTop } from './direct-download.ts'
import { groupwareStories } from './groupware-stories.ts'
import { davCommands } from './occ.ts'
import { clearOutOfOffice, getCurrentOutOfOffice, getOutOfOffice, setOutOfOffice } from './out-of-office.ts'
import { ofOwncloud } from './owncloud/capabilities.ts'
import { expireDirectLink } from './scenario-actions.ts'
import { contactSearch, eventSearch, taskSearch } from './search.ts'
import { seededBooks, seededCalendars } from './seed.ts'
import { absenceEvents } from './state/absence-events.ts'
import { absenceReactions, absencesTable } from './state/absences.ts'
import { directLinksTable } from './state/direct-links.ts'
import { customPropertiesTable } from './state/file-properties.ts'
import { groupwareActivities } from './state/groupware-activities.ts'
import { systemTagsTable, tagMappingsTable } from './state/system-tags.ts'
import { fileStories } from './stories.ts'
import { getUpcomingEvents } from './upcoming-events.ts'
import { davUpkeepCommands } from './upkeep-occ.ts'
import { calendarsOnly, calendarsOnlyTop, contactsOnly, contactsOnlyTop } from './webdav/older-groupware.ts'
import { publicDav, publicDavTop, publicWebdav, publicWebdavTop } from './webdav/public.ts'
import { dav, davTop, filesService, filesServiceTop, webdav, webdavTop } from './webdav/remote.ts'

export const app = defineApp('dav', {
  endpoints: [getDirectUrl, getCurrentOutOfOffice, getOutOfOffice, setOutOfOffice, clearOutOfOffice, getUpcomingEvents],
  routes: [
    directDownload,
    directTop,
    publicDav,
    publicDavTop,
    publicWebdav,
    publicWebdavTop,
    dav,
    davTop,
    webdav,
    webdavTop,
    calendarsOnly,
    calendarsOnlyTop,
    contactsOnly,
    contactsOnlyTop,
    filesService,
    filesServiceTop,
  ],
  capabilities: [capabilities, ofOwncloud],
  tables: [
    ...[absencesTable, directLinksTable, customPropertiesTable, systemTagsTable, tagMappingsTable],
    ...groupwareTables,
  ],
  reactions: [absenceReactions, absenceEvents, contactReactions, ...groupwareReactions, groupwareActivities],
  backgroundJobs: calendarJobs,
  scenarioActions: [expireDirectLink],
  commands: [...davCommands, ...davUpkeepCommands],
  seed: [seededCalendars, seededBooks],
  activityProviders: [davProvider],
  stories: [...fileStories, ...absenceStories, ...groupwareStories],
  searchProviders: [contactSearch, eventSearch, taskSearch],
  activityFilters: davFilters,
})
