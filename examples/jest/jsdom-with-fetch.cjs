const { TestEnvironment } = require('jest-environment-jsdom')

/** What jsdom lacks and Node has: answers are made of it. */
const OF_NODE = [
  ...['fetch', 'Request', 'Response', 'Headers', 'BroadcastChannel', 'TextEncoder', 'TextDecoder', 'Uint8Array'],
  ...['ReadableStream', 'WritableStream', 'TransformStream'],
]

module.exports = class JsdomWithFetch extends TestEnvironment {
  async setup() {
    await super.setup()
    for (const name of OF_NODE) this.global[name] = globalThis[name]
  }
}
