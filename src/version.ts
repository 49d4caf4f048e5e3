import manifest from '../package.json' with { type: 'json' }

/** Our own version, as the package says it. */
export const VERSION: string = manifest.version
