import type { FuzzRandom } from '../fuzz/random.ts'
import type { Step } from './step.ts'

/** Settings of administrators that change what others are answered, and what they may be set to. */
const SETTINGS: readonly (readonly [app: string, key: string, values: readonly string[]])[] = [
  ['core', 'shareapi_enabled', ['no']],
  ['core', 'shareapi_allow_links', ['no']],
  ['core', 'shareapi_allow_public_upload', ['no']],
  ['core', 'shareapi_allow_resharing', ['no']],
  ['core', 'shareapi_allow_group_sharing', ['no']],
  ['core', 'shareapi_only_share_with_group_members', ['yes']],
  ['core', 'shareapi_enforce_links_password', ['yes']],
  ['core', 'shareapi_default_expire_date', ['yes']],
  ['core', 'shareapi_default_internal_expire_date', ['yes']],
  ['core', 'shareapi_enforce_internal_expire_date', ['yes']],
  ['core', 'shareapi_default_permissions', ['1', '15', '31']],
  ['core', 'shareapi_allow_share_dialog_user_enumeration', ['no']],
  ['core', 'shareapi_restrict_user_enumeration_to_group', ['yes']],
  ['core', 'shareapi_allow_custom_tokens', ['yes']],
  ['core', 'shareapi_exclude_groups', ['yes', 'allow']],
  ['core', 'shareapi_allow_view_without_download', ['no']],
  ['files_sharing', 'incoming_server2server_share_enabled', ['no']],
  ['files_sharing', 'outgoing_server2server_share_enabled', ['no']],
  ['systemtags', 'restrict_creation_to_admin', ['true']],
  ['password_policy', 'minLength', ['20']],
  ['settings', 'profile_enabled_by_default', ['0']],
]

const address = (app: string, key: string) => `/ocs/v2.php/apps/provisioning_api/api/v1/config/apps/${app}/${key}`

/** An administrator changes a setting. */
export function settingStep(random: FuzzRandom): Step {
  const [app, key, values] = random.pick(SETTINGS)
  return {
    ...{ what: 'setting', app: 'setting', as: 'admin', method: 'POST', path: `${address(app, key)}?format=json` },
    headers: { 'OCS-APIRequest': 'true', 'Content-Type': 'application/x-www-form-urlencoded' },
    body: `value=${encodeURIComponent(random.pick(values))}`,
  }
}
