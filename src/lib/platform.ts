/**
 * What is too old of what this runs on, in a sentence; `null`: nothing. It is asked by what the platform can do, as
 * browsers, Node and others have versions of their own.
 */
export function platformProblem(): string | null {
  if (typeof Array.prototype.toSorted === 'function' && typeof URL.canParse === 'function') return null
  const node = globalThis.process?.versions?.node
  const found = node === undefined ? 'this platform is older' : `this is Node ${node}`
  return `ocs-mock needs Node 20.19 or newer, or a browser from the end of 2023 on: ${found}.`
}
