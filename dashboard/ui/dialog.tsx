import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { notices } from './act.ts'

interface DialogProps {
  readonly title: string
  /** What the button says that does it. */
  readonly action: string
  readonly isDangerous?: boolean
  readonly children: ComponentChildren
  /** The dialog stays open where it answers `false`. */
  onDone(): unknown
  onClose(): void
}

/** A question that stands before everything else, until it is answered. */
export function Dialog({ title, action, isDangerous = false, children, onDone, onClose }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const [problem, setProblem] = useState('')
  useEffect(() => dialog.current!.showModal(), [])
  // What the foot of the page says cannot be reached from here.
  useEffect(() => notices.on((notice) => setProblem(notice?.isProblem ? notice.text : '')), [])
  const submit = async (event: Event) => {
    event.preventDefault()
    if ((await onDone()) !== false) onClose()
  }
  return (
    <dialog ref={dialog} aria-labelledby="dialog-title" onClose={onClose}>
      <form onSubmit={submit}>
        <h2 id="dialog-title">{title}</h2>
        {children}
        <p role="alert" class="bad break" hidden={problem === ''}>
          {problem}
        </p>
        <div class="row end">
          <button type="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" class={isDangerous ? 'danger' : 'primary'}>
            {action}
          </button>
        </div>
      </form>
    </dialog>
  )
}
