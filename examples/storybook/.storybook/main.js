/** @type {import('@storybook/vue3-vite').StorybookConfig} */
export default {
  framework: '@storybook/vue3-vite',
  stories: ['../src/*.stories.js'],
  // MSW's service worker is there: "msw init public".
  staticDirs: ['../public'],
  core: { disableTelemetry: true },
}
