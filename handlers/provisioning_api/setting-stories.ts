import { by, defineStories } from '#app/story.ts'

const admin = by('admin')
const alice = by('alice')
const apps = ['provisioning_api']

/** The app of our own settings, which no server has. */
const CONFIG = '/apps/provisioning_api/api/v1/config/apps/{own}app'
const KEY = `${CONFIG}/{own}key`
const PREFERENCES = '/apps/provisioning_api/api/v1/config/users'
const MENU = '/core/navigation/apps'
/** Files before the dashboard. */
const ORDER = '{"files":{"order":-7,"app":"files"},"dashboard":{"order":9}}'

export const settingsStories = defineStories([
  {
    name: "an app's setting",
    apps,
    steps: [
      admin.get(CONFIG),
      admin.get(KEY, { defaultValue: 'nothing' }),
      admin.post(KEY, { value: 'first' }),
      admin.get(CONFIG),
      admin.get(KEY, { defaultValue: 'nothing' }),
      admin.post(KEY, { value: 'second' }),
      admin.get(KEY, { defaultValue: 'nothing' }),
      alice.get(KEY, { defaultValue: 'nothing' }),
      alice.post(KEY, { value: 'third' }),
      alice.delete(KEY),
      admin.delete(KEY),
      admin.get(KEY, { defaultValue: 'nothing' }),
      admin.delete(KEY),
    ],
  },
  {
    name: 'preferences of an account',
    apps: [...apps, 'files'],
    steps: [
      alice.post(`${PREFERENCES}/files/show_hidden`, { configValue: '1' }),
      alice.get('/index.php/apps/files/api/v1/configs'),
      alice.post(`${PREFERENCES}/ocsmock/colour`, { configValue: 'red' }),
      alice.delete(`${PREFERENCES}/files/show_hidden`),
      alice.get('/index.php/apps/files/api/v1/configs'),
      alice.delete(`${PREFERENCES}/ocsmock/colour`),
      by('anonymous').post(`${PREFERENCES}/files/show_hidden`, { configValue: '1' }),
    ],
  },
  {
    name: 'several preferences at once',
    apps: [...apps, 'files'],
    steps: [
      alice.post(`${PREFERENCES}/files`, { 'configs[show_hidden]': '1', 'configs[grid_view]': '1' }),
      alice.get('/index.php/apps/files/api/v1/configs'),
      alice.post(`${PREFERENCES}/ocsmock`, { 'configs[colour]': 'red' }),
      alice.delete(`${PREFERENCES}/ocsmock`, { 'configKeys[]': ['colour'] }),
      alice.delete(`${PREFERENCES}/files`, { 'configKeys[]': ['show_hidden', 'grid_view'] }),
      alice.get('/index.php/apps/files/api/v1/configs'),
    ],
  },
  {
    name: 'an order of the menu of your own',
    apps: [...apps, 'theming', 'dashboard'],
    steps: [
      alice.get(MENU),
      alice.post(`${PREFERENCES}/core/apporder`, { configValue: ORDER }),
      alice.get(MENU),
      by('bob').get(MENU),
      alice.post(`${PREFERENCES}/core/apporder`, { configValue: '{"files":{"order":"first"}}' }),
      alice.post(`${PREFERENCES}/core`, { 'configs[apporder]': '{"files":{"order":3}}' }),
      alice.get(MENU),
      alice.post(`${PREFERENCES}/theming`, {
        'configs[primary_color]': '#123456',
        'configs[shortcuts_disabled]': 'no',
      }),
      alice.post(`${PREFERENCES}/theming/primary_color`, { configValue: 'blue' }),
      alice.delete(`${PREFERENCES}/core`, { 'configKeys[]': ['apporder'] }),
      alice.get(MENU),
    ],
  },
])
