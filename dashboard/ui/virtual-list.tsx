import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'

interface VirtualListProps<T> {
  readonly label: string
  readonly items: readonly T[]
  /** Of each row, in pixels. */
  readonly rowHeight: number
  readonly selected: string | null
  keyOf(item: T): string
  row(item: T): ComponentChildren
  onSelect(item: T): void
  /** Enter: somebody wants more of it. */
  onOpen(item: T): void
}

const MARGIN = 10

/** A list of any length of which only what is seen is there, for mouse and keys. */
export function VirtualList<T>(props: VirtualListProps<T>) {
  const { label, items, rowHeight, selected, keyOf, row, onSelect, onOpen } = props
  const box = useRef<HTMLDivElement>(null)
  const [view, setView] = useState({ top: 0, height: 600 })
  useEffect(() => {
    const element = box.current!
    const measure = () => setView({ top: element.scrollTop, height: element.clientHeight })
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    element.addEventListener('scroll', measure, { passive: true })
    return () => {
      observer.disconnect()
      element.removeEventListener('scroll', measure)
    }
  }, [])
  const first = Math.max(0, Math.floor(view.top / rowHeight) - MARGIN)
  const last = Math.min(items.length, Math.ceil((view.top + view.height) / rowHeight) + MARGIN)
  const at = selected === null ? -1 : items.findIndex((item) => keyOf(item) === selected)
  const isShown = at >= first && at < last

  const move = (to: number) => {
    const next = Math.max(0, Math.min(items.length - 1, to))
    const element = box.current!
    if (next * rowHeight < element.scrollTop) element.scrollTop = next * rowHeight
    const bottom = (next + 1) * rowHeight - element.clientHeight
    if (bottom > element.scrollTop) element.scrollTop = bottom
    if (items[next] !== undefined) onSelect(items[next])
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor(view.height / rowHeight) - 1)
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: at + 1,
      ArrowUp: at < 0 ? 0 : at - 1,
      PageDown: at + page,
      PageUp: at - page,
      Home: 0,
      End: items.length - 1,
    }
    const to = steps[event.key]
    if (to !== undefined) move(to)
    else if (event.key === 'Enter' && at >= 0) onOpen(items[at]!)
    else return
    event.preventDefault()
  }
  const onClick = ({ target }: MouseEvent) => {
    const index = (target as Element).closest<HTMLElement>('[data-index]')?.dataset.index
    const item = index === undefined ? undefined : items[Number(index)]
    if (item === undefined) return
    onSelect(item)
    onOpen(item)
  }
  const rows = []
  for (let i = first; i < last; i++) {
    const item = items[i]!
    const key = keyOf(item)
    rows.push(
      <div
        key={key}
        id={`row-${key}`}
        class="list-row"
        role="option"
        aria-selected={key === selected}
        aria-setsize={items.length}
        aria-posinset={i + 1}
        tabIndex={-1}
        data-index={i}
        style={{ top: `${i * rowHeight}px`, height: `${rowHeight}px` }}
      >
        {row(item)}
      </div>,
    )
  }
  return (
    <div
      ref={box}
      class="list"
      role="listbox"
      aria-label={label}
      aria-activedescendant={isShown ? `row-${selected}` : undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onClick={onClick}
    >
      <div role="presentation" style={{ height: `${items.length * rowHeight}px` }}>
        {rows}
      </div>
    </div>
  )
}
