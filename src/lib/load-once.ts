import type { MaybePromise } from './maybe-promise.ts'

/** Keeps what is loaded when it is asked for first. What failed is tried again the next time. */
export class LoadOnce<K, V> {
  readonly #loaded = new Map<K, V>()
  readonly #loading = new Map<K, Promise<V>>()

  /** The value of a key; a promise only until it is loaded. */
  get(key: K, load: () => Promise<V>): MaybePromise<V> {
    return this.#loaded.has(key) ? this.#loaded.get(key)! : this.#load(key, load)
  }

  /** The value of a key that was loaded. */
  peek(key: K): V | undefined {
    return this.#loaded.get(key)
  }

  #load(key: K, load: () => Promise<V>): Promise<V> {
    let loading = this.#loading.get(key)
    if (!loading) {
      loading = load()
        .then((value) => {
          this.#loaded.set(key, value)
          return value
        })
        .finally(() => this.#loading.delete(key))
      this.#loading.set(key, loading)
    }
    return loading
  }
}
