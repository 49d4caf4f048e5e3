import { defineApp } from '#app/index.ts'
import { circlesFilter } from './activity-filter.ts'
import { appService } from './app-service.ts'
import { getAvatar, removeAvatar, setAvatar, teamAvatarReactions, teamAvatarsTable } from './avatar.ts'
import { capabilities } from './capabilities.ts'
import * as circles from './circles.ts'
import { editConfig, editDescription, editName, editSetting } from './edit-circle.ts'
import * as emulation from './emulation.ts'
import * as federated from './federated.ts'
import { getLink } from './link.ts'
import * as members from './members.ts'
import { circleCommands } from './occ.ts'
import { teamRecipients, teamShareReactions } from './recipients.ts'
import { circleSearch, searchParties } from './search.ts'
import { seededTeams } from './seed.ts'
import { teamShares } from './share-type.ts'
import { circleMembersTable, circleReactions, circlesTable, singlesTable } from './state.ts'
import { circleStories } from './stories.ts'
import { getDashboard } from './team-dashboard.ts'
import { circleTeams } from './team-provider.ts'
import { getSettings, setSetting } from './team-settings.ts'

export const app = defineApp('circles', {
  seed: [seededTeams],
  stories: [...circleStories],
  endpoints: [
    circles.list,
    circles.probe,
    circles.create,
    circles.details,
    circles.destroy,
    circles.join,
    circles.leave,
    editName,
    editDescription,
    editSetting,
    editConfig,
    members.list,
    members.add,
    members.addMany,
    members.confirm,
    members.remove,
    members.setLevel,
    searchParties,
    getLink,
    ...Object.values(emulation),
    ...Object.values(federated),
    getAvatar,
    setAvatar,
    removeAvatar,
    getDashboard,
    getSettings,
    setSetting,
  ],
  routes: [appService],
  capabilities: [capabilities],
  tables: [circlesTable, circleMembersTable, singlesTable, teamAvatarsTable],
  reactions: [circleReactions, teamAvatarReactions, teamShareReactions],
  searchProviders: [circleSearch],
  activityFilters: [circlesFilter],
  recipients: [teamRecipients],
  shareTypes: [teamShares],
  teamProviders: [circleTeams],
  commands: circleCommands,
})
