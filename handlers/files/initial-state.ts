import { defineInitialState, files, users } from '#app/index.ts'
import { isRequired } from '#world/accounts/two-factor.ts'
import { getSystemList, getUser } from '#world/settings/config.ts'
import { templateCreators } from './data.ts'
import { statsOf } from './lists.ts'
import * as settings from './state/settings.ts'
import { creatorsOf } from './templates.ts'

/** What the list of files begins with. */
export const fileListStates = defineInitialState({
  pages: ['files'],
  data: [templateCreators],
  provide: ({ world, profile, actor }) => {
    const me = actor.userId!
    files.ensureHome(world, me)
    return {
      storageStats: statsOf(world, files.resolve(world, me, '/')!),
      config: settings.settingsOf(world, me),
      viewConfigs: settings.viewsOf(world, me),
      recent_limit: 100,
      group_recent_files: false,
      recent_files_group_mime_types: [],
      recent_files_group_timespan_minutes: 2,
      filesSortingConfig: [],
      forbiddenCharacters: getSystemList(world, 'forbidden_filename_characters', ['\\', '/']),
      templates_enabled: true,
      templates_path: getUser(world, me, 'core', 'templateDirectory') || false,
      templates: creatorsOf(world, profile).map((creator) => ({ ...creator })),
      isTwoFactorEnabled: isRequired(world, users.find(world, me)!),
    }
  },
})
