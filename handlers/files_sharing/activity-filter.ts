import { defineActivityFilter } from '#app/index.ts'

export const sharesFilter = defineActivityFilter({
  id: 'files_sharing',
  name: 'File shares',
  icon: '/core/img/actions/share.svg',
  priority: 31,
  apps: ['files_sharing', 'files_downloadactivity'],
  types: ['shared', 'remote_share', 'file_downloaded'],
})
