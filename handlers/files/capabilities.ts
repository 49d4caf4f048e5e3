import { defineCapabilities } from '#app/capabilities.ts'
import { md5 } from '#lib/md5.ts'
import { jsonEncode } from '#lib/php.ts'
import { fileNameRules, fitsWindows } from '#world/files/names.ts'
import { isEnabled } from '#world/settings/apps.ts'
import { getSystemInt } from '#world/settings/config.ts'
import { directEditing as directEditors } from './data.ts'

const DEPRECATION = '"blacklisted_files" is deprecated as of Nextcloud 30, use "forbidden_filenames" instead'
const CHUNK = 100 * 1024 * 1024

export const capabilities = defineCapabilities({
  public: false,
  members: {
    'files/$comment': { since: 30 },
    'files/forbidden_filenames': { since: 30 },
    'files/forbidden_filename_basenames': { since: 30 },
    'files/forbidden_filename_characters': { since: 30 },
    'files/forbidden_filename_extensions': { since: 30 },
    'files/chunked_upload': { since: 32 },
    'files/file_conversions': { since: 31 },
  },
  build: ({ world }) => {
    const rules = fileNameRules(world)
    return {
      files: {
        $comment: DEPRECATION,
        blacklisted_files: rules.names,
        forbidden_filenames: rules.names,
        forbidden_filename_basenames: rules.basenames,
        forbidden_filename_characters: rules.characters,
        forbidden_filename_extensions: rules.extensions,
        bigfilechunking: true,
        chunked_upload: {
          max_size: getSystemInt(world, 'files.chunked_upload.max_size', CHUNK),
          max_parallel_count: Math.max(1, getSystemInt(world, 'files.chunked_upload.max_parallel_count', 5)),
        },
        file_conversions: [],
      },
    }
  },
})

export const windowsNames = defineCapabilities({
  order: 1,
  public: false,
  onPages: false,
  since: 32,
  build: ({ world }) => ({ files: { windows_compatible_filenames: fitsWindows(fileNameRules(world)) } }),
})

/** The ETag is that of the list of editors. */
export const directEditing = defineCapabilities({
  order: 2,
  public: false,
  onPages: false,
  data: [directEditors],
  build: ({ world, profile, request }) => {
    const editors = isEnabled(world, 'text') ? directEditors.of(profile) : { editors: [], creators: [] }
    return {
      files: {
        directEditing: {
          url: `${request.baseUrl}/ocs/v2.php/apps/files/api/v1/directEditing`,
          etag: md5(jsonEncode(editors)),
          supportsFileId: true,
        },
      },
    }
  },
})
