import { useEffect, useState } from 'preact/hooks'
import { act, type Notice, notices } from './act.ts'

const SHOWN_FOR = 12_000

/** What became of what somebody did, at the foot of the page. */
export function NoticeBar() {
  const [notice, setNotice] = useState<Notice | null>(null)
  useEffect(
    () =>
      notices.on((next) => {
        // A dialog says itself why it stays open, and lets nobody come here.
        if (!next?.isProblem || !document.querySelector('dialog[open]')) setNotice(next)
      }),
    [],
  )
  useEffect(() => {
    if (notice === null || notice.isProblem) return
    const timer = setTimeout(() => setNotice(null), SHOWN_FOR)
    return () => clearTimeout(timer)
  }, [notice])
  const undo = notice?.undo
  return (
    <div class={`notice ${notice?.isProblem ? 'problem' : ''}`} hidden={notice === null}>
      <span role={notice?.isProblem ? 'alert' : 'status'}>{notice?.text}</span>
      {undo && (
        <button type="button" onClick={() => act(undo, 'It is as it was.')}>
          Undo
        </button>
      )}
      <button type="button" aria-label="Close this message" onClick={() => setNotice(null)}>
        ✕
      </button>
    </div>
  )
}
