/** A value that is there, or a promise where it has to be waited for: whoever is in a hurry awaits only promises. */
export type MaybePromise<T> = T | Promise<T>
