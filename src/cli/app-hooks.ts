import * as nodeModule from 'node:module'

/** What Node tells a hook about an import. */
interface ResolveContext {
  readonly parentURL?: string | undefined
}

interface Resolved {
  readonly url: string
  readonly format?: string
  readonly shortCircuit?: boolean
}

type NextResolve = (specifier: string, context: ResolveContext) => Resolved | Promise<Resolved>

/**
 * How the imports of app modules are found. The package's own name leads to the package that runs them, wherever
 * another one is installed: so both have the same classes, and MSW is not needed. What a module with a turn in its
 * address imports of its project has that turn too, so that it is read anew.
 *
 * Older versions of Node send it to another thread as text: it may use nothing from outside of itself.
 */
function hooksFor(core: string) {
  return {
    resolve(specifier: string, context: ResolveContext, next: NextResolve): Resolved | Promise<Resolved> {
      if (specifier === 'ocs-mock' || specifier === 'ocs-mock/core') {
        return { url: core, format: 'module', shortCircuit: true }
      }
      const turn = /[?&]turn=\d+$/.exec(context.parentURL ?? '')?.[0]
      const found = next(specifier, context)
      if (turn === undefined || !/^(?:\.{0,2}\/|file:)/.test(specifier)) return found
      const mark = (resolved: Resolved): Resolved =>
        resolved.url.startsWith('file:') && !resolved.url.includes('/node_modules/')
          ? { ...resolved, url: resolved.url + turn }
          : resolved
      return found instanceof Promise ? found.then(mark) : mark(found)
    },
  }
}

/** Find the imports of app modules like this from now on, in this process. */
export function registerAppHooks(core: string): void {
  // Node 22.15 and newer; its types are those of the oldest version that we run on.
  const registerHooks = Reflect.get(nodeModule, 'registerHooks') as ((hooks: object) => void) | undefined
  if (registerHooks) registerHooks(hooksFor(core))
  else {
    const text = `export const { resolve } = (${hooksFor})(${JSON.stringify(core)})`
    nodeModule.register(`data:text/javascript,${encodeURIComponent(text)}`)
  }
}
