/** A word to the person at the page: what went wrong, or what was done and how it is taken back. */
export interface Notice {
  readonly text: string
  readonly isProblem: boolean
  readonly undo?: () => void | Promise<void>
}

type Listener = (notice: Notice | null) => void

/** Says what becomes of what somebody did. */
class Notices {
  readonly #listeners = new Set<Listener>()

  on(listener: Listener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  tell(notice: Notice | null): void {
    for (const listener of this.#listeners) listener(notice)
  }
}

export const notices = new Notices()

/** Do something that was asked for, and say what became of it. @returns whether it was done */
export async function act(work: () => unknown, said?: string, undo?: () => void | Promise<void>): Promise<boolean> {
  try {
    await work()
    notices.tell(said === undefined ? null : { text: said, isProblem: false, ...(undo && { undo }) })
    return true
  } catch (error) {
    notices.tell({ text: error instanceof Error ? error.message : String(error), isProblem: true })
    return false
  }
}

/** Put a text into the clipboard. */
export const copy = (text: string, what: string): Promise<boolean> =>
  act(() => navigator.clipboard.writeText(text), `Copied ${what}.`)
