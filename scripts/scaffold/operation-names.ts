import type { KnownOperation } from '#profiles/profile.ts'

/** What the code calls an operation. */
export interface OperationNames {
  /** The file, without its ending: `shares`. */
  readonly resource: string
  /** What is done there, for the name of the test: `get-share`. */
  readonly action: string
  /** Names for the definition, the best first. */
  readonly exports: readonly string[]
}

/** Where an operation belongs, by its path, and what it is called, by its id. */
export function namesOf(operation: KnownOperation, resource = resourceOf(operation)): OperationNames {
  const action = actionOf(operation)
  return { resource, action, exports: [camelCase(action), camelCase(`${action}-${resource}`)] }
}

/** The first word of a path that says more than the app's name does. */
function resourceOf({ app, path }: KnownOperation): string {
  const words = fixedWords(path).filter((word) => word !== app)
  return kebabCase(words[0] ?? app)
}

/** Segments that are no parameters, without those that say where an API is. */
function fixedWords(path: string): string[] {
  const words = path.split('/').filter((word) => word !== '' && !word.startsWith('{'))
  const meaning = words.filter((word) => !/^(?:index\.php|apps|api|v\d.*)$/.test(word))
  return /^(?:cloud|core)$/.test(words[0] ?? '') ? meaning.slice(1) : meaning
}

/** `files_sharing-shareapi-get-share` does `get-share`; without such an id, method and path say it. */
function actionOf({ id, app, method, path }: KnownOperation): string {
  const published = id.startsWith(`${app}-`)
    ? id
        .slice(app.length + 1)
        .split('-')
        .slice(1)
        .join('-')
    : ''
  if (published !== '') return kebabCase(published)
  const words = fixedWords(path).filter((word) => word !== app)
  const last = /\{([^}:]+)[^/]*$/.exec(path)?.[1]
  return kebabCase([method.toLowerCase(), ...words, ...(last ? ['by', last] : [])].join('-'))
}

const kebabCase = (name: string) =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .toLowerCase()

const camelCase = (name: string) => name.replace(/-+(\w)/g, (_, letter: string) => letter.toUpperCase())
