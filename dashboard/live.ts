import { useEffect, useState } from 'preact/hooks'
import { base, get } from './api.ts'
import { prepareSearch } from './requests/filter.ts'
import type { ActiveFault, BriefEntry, ClockState, ScenarioState, Summary } from './types.ts'

/** Whether the page hears of what happens. */
export type Link = 'connecting' | 'live' | 'lost'

/** What the page knows of the world, kept up to date by what the server tells. */
export interface LiveState {
  readonly link: Link
  /** Oldest first. */
  readonly requests: readonly BriefEntry[]
  /** How many there were, and how many the server keeps. */
  readonly total: number
  readonly limit: number
  readonly summary: Summary | null
  readonly clock: ClockState | null
  readonly scenario: ScenarioState
  readonly faults: readonly ActiveFault[]
  /** Grows when something in the world has changed. */
  readonly change: number
}

/** Requests that are taken at once: the first few are soon there, and no page keeps anybody waiting. */
const FIRST_PAGE = 500
const PAGE = 2000
const SOON = 150

/** Lets somebody click before what comes next. */
const breath = () => new Promise((resume) => setTimeout(resume))

/** The one place that listens to the server; views look at it through {@link useLive}. */
class Live {
  state: LiveState = {
    link: 'connecting',
    requests: [],
    total: 0,
    limit: 0,
    summary: null,
    clock: null,
    scenario: { status: 'none' },
    faults: [],
    change: 0,
  }
  readonly #watchers = new Set<() => void>()
  #arrived: BriefEntry[] = []
  #isWaiting = false
  #isLate = false
  /** How often the world was asked for, and how many events told of a scenario. */
  #loads = 0
  #requestLoads = 0
  #scenarios = 0

  watch(watcher: () => void): () => void {
    this.#watchers.add(watcher)
    return () => this.#watchers.delete(watcher)
  }

  #set(change: Partial<LiveState>): void {
    this.state = { ...this.state, ...change }
    for (const watcher of this.#watchers) watcher()
  }

  connect(): void {
    const events = new EventSource(`${base}/events?brief=1`)
    const on = <T>(type: string, hear: (details: T) => void) =>
      events.addEventListener(type, ({ data }: MessageEvent<string>) => hear(JSON.parse(data) as T))
    on('hello', () => {
      this.#set({ link: 'live' })
      void this.loadAll()
    })
    events.addEventListener('error', () => this.#set({ link: 'lost' }))
    on<BriefEntry>('request', (entry) => this.#heard(entry))
    on('world', () => this.#late())
    on<ClockState>('clock', (clock) => {
      this.#set({ clock: { ...clock, milliseconds: Date.parse(clock.now), due: null } })
      this.#late()
    })
    on<ScenarioState>('scenario', (scenario) => {
      this.#scenarios++
      this.#set({ scenario })
      this.#late()
    })
    on<{ faults: readonly ActiveFault[] }>('faults', ({ faults }) => this.#set({ faults }))
    on('reset', () => void this.loadAll())
    on('apps', () => void this.loadAll())
  }

  /** Requests come by the hundred: they are shown together, a few times a second. */
  #heard(entry: BriefEntry): void {
    this.#arrived.push(entry)
    if (entry.fault !== undefined || this.state.scenario.status !== 'none') this.#late()
    if (this.#isWaiting) return
    this.#isWaiting = true
    setTimeout(() => {
      this.#isWaiting = false
      const arrived = this.#arrived
      this.#arrived = []
      prepareSearch(arrived)
      const last = this.state.requests.at(-1)?.id ?? 0
      const all = [...this.state.requests, ...arrived.filter(({ id }) => id > last)]
      this.#set({
        requests: all.slice(Math.max(0, all.length - this.state.limit)),
        total: Math.max(this.state.total, arrived.at(-1)?.id ?? 0),
      })
    }, SOON)
  }

  /** What follows from changes is asked for once they are over. */
  #late(): void {
    if (this.#isLate) return
    this.#isLate = true
    setTimeout(() => {
      this.#isLate = false
      void this.loadWorld()
    }, SOON)
  }

  async loadAll(): Promise<void> {
    await Promise.all([this.loadRequests(), this.loadWorld()])
  }

  async loadWorld(): Promise<void> {
    const load = ++this.#loads
    const heard = this.#scenarios
    const [summary, clock, scenarios, faults] = await Promise.all([
      get<Summary>('/summary'),
      get<ClockState>('/clock'),
      get<{ current: ScenarioState }>('/scenarios'),
      get<{ faults: readonly ActiveFault[] }>('/faults'),
    ])
    // A later one knows more, and so does an event that came meanwhile.
    if (load !== this.#loads) return
    const scenario = heard === this.#scenarios ? scenarios.current : this.state.scenario
    this.#set({ summary, clock, scenario, faults: faults.faults, change: this.state.change + 1 })
  }

  /**
   * The newest first, then older ones page by page. The views look at all of them whenever there are more, so they are
   * told when there are twice as many, and in the end.
   */
  async loadRequests(): Promise<void> {
    const load = ++this.#requestLoads
    let before = ''
    let most = FIRST_PAGE
    let held: BriefEntry[] = []
    for (;;) {
      const { requests, total, limit } = await get<{ requests: readonly BriefEntry[]; total: number; limit: number }>(
        `/requests?brief=1&limit=${most}${before}`,
      )
      await breath()
      prepareSearch(requests)
      await breath()
      if (load !== this.#requestLoads) return
      const newer = before === '' ? [] : this.state.requests
      held = [...requests, ...held]
      const isLast = requests.length < most
      if (isLast || before === '' || held.length >= newer.length) {
        this.#set({ requests: [...held, ...newer], total, limit })
        held = []
      }
      if (isLast) return
      before = `&before=${requests[0]?.id ?? 0}`
      most = PAGE
    }
  }
}

export const live = new Live()

/** What the page knows, as it changes. */
export function useLive(): LiveState {
  const [state, setState] = useState(live.state)
  useEffect(() => live.watch(() => setState(live.state)), [])
  return state
}

/** What a call of the control API answers, asked again when the world changes; `null`: it is not there yet. */
export function useAnswer<T>(path: string | null): T | null {
  const { change } = useLive()
  const [answer, setAnswer] = useState<{ readonly path: string; readonly change: number; readonly value: T } | null>(
    null,
  )
  useEffect(() => {
    if (path === null) return
    let isOver = false
    get<T>(path)
      .then((value) => {
        if (!isOver) setAnswer({ path, change, value })
      })
      .catch(() => {})
    return () => {
      isOver = true
    }
  }, [path, change])
  return answer !== null && answer.path === path ? answer.value : null
}
