/** The modules of the built package. Before it is built nothing is known of its types, so those of the sources stand in. */
interface Modules {
  readonly core: typeof import('#core.ts')
  readonly playwright: typeof import('#playwright.ts')
  readonly server: typeof import('#server.ts')
}

/** What strangers get for `import 'ocs-mock/NAME'`. */
export const builtModule = <Name extends keyof Modules>(name: Name) =>
  import(/* @vite-ignore */ `ocs-mock/${name}`) as Promise<Modules[Name]>
