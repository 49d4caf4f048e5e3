/** A mistake of whoever uses the software: a bad seed, an unknown profile. Shown without a stack. */
export class UserError extends Error {
  override readonly name = 'UserError'
}

/** Keys and indexes that lead to a value of a document: `['users', 2, 'quota']`. */
export type Place = readonly (string | number)[]

/** A mistake in a seed, and where it is. */
export class SeedError extends UserError {
  readonly place: Place
  /** What is wrong there, and what would be right. */
  readonly problem: string
  constructor(place: Place, problem: string) {
    super(`Failed to seed ${place.length === 0 ? 'the world' : showPlace(place)}: ${problem}`)
    this.place = place
    this.problem = problem
  }
}

/** Do something with a part of a seed; mistakes found in it name the part. */
export function inPlace<T>(key: string | number, act: () => T): T {
  try {
    return act()
  } catch (error) {
    if (error instanceof SeedError) throw new SeedError([key, ...error.place], error.problem)
    if (error instanceof UserError) throw new SeedError([key], error.message)
    throw error
  }
}

/** `users[2].quota`, `files.alice["/a b.txt"]` */
export function showPlace(place: Place): string {
  return place
    .map((key, i) => {
      if (typeof key === 'number') return `[${key}]`
      if (!/^[A-Za-z_][\w-]*$/.test(key)) return `[${JSON.stringify(key)}]`
      return i === 0 ? key : `.${key}`
    })
    .join('')
}

/** A bug of ours. Never turned into an answer that a test could accept. */
export class InternalError extends Error {
  override readonly name = 'InternalError'
}

/** What an error says. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** The code of an error of the platform, such as `ENOENT`. */
export function codeOf(error: unknown): string | undefined {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
  return typeof code === 'string' ? code : undefined
}
