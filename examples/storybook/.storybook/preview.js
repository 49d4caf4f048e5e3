import { setupWorker } from 'msw/browser'
import { createOcsMock } from 'ocs-mock'

let leave = () => {}

/** Each story has a world of its own: `parameters: { ocs: { seed, signedInAs } }`. */
async function enterWorld({ parameters }) {
  leave()
  const ocs = createOcsMock({ signedInAs: 'admin', ...parameters.ocs })
  const worker = setupWorker(...ocs.handlers)
  await worker.start({ onUnhandledRequest: 'bypass', quiet: true, serviceWorker: { url: './mockServiceWorker.js' } })
  const unmount = (await ocs.page()).mount()
  leave = () => {
    unmount()
    worker.stop()
  }
  return { ocs }
}

export default { loaders: [enterWorld] }
