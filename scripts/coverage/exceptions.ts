const BROKEN = 'its controller cannot be made on a real server'
const ADMINISTRATORS = 'a release has only operations for administrators'

/** Operations that never succeed in the fake, nor on a fresh real server, and why: their tests see only failures. */
export const NO_SUCCESS: Readonly<Record<string, string>> = {
  'appstore-api-enable-bundle': 'every bundle has apps that have to be downloaded',
  'appstore-api-uninstall-app': 'no app came from the app store',
  'appstore-api-update-app': 'there is no connection to the app store',
  'core-text_to_image_api-is-available': BROKEN,
  'core-text_to_image_api-schedule': BROKEN,
  'core-text_to_image_api-get-task': BROKEN,
  'core-text_to_image_api-delete-task': BROKEN,
  'core-text_to_image_api-get-image': BROKEN,
  'core-text_to_image_api-list-tasks-by-app': BROKEN,
  'federatedfilesharing-request_handler-re-share': 'no third server can be reached',
  'files-conversion_api-convert': 'a release has no converter',
  'updatenotification-api-get-app-changelog-entry': 'the apps of a release tell no changes',
  'workflowengine-user_workflows-create': ADMINISTRATORS,
  'workflowengine-user_workflows-update': ADMINISTRATORS,
}

/** Documented operations that are not implemented and tested yet, and why. It may only shrink. */
export const NOT_YET: Readonly<Record<string, string>> = {}
