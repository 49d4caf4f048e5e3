/** ocs-mock and MSW are ES modules: nothing is transformed. */
const modules = { transform: {} }

export default {
  projects: [
    { ...modules, displayName: 'node', testEnvironment: 'node', testMatch: ['<rootDir>/node/*.test.js'] },
    {
      ...modules,
      displayName: 'jsdom',
      testEnvironment: '<rootDir>/jsdom-with-fetch.cjs',
      // As MSW asks for: jsdom would take the builds for browsers.
      testEnvironmentOptions: { customExportConditions: [''], url: 'https://cloud.example.com/' },
      testMatch: ['<rootDir>/jsdom/*.test.js'],
    },
  ],
}
