import { Clock, type Moment } from './clock.ts'

/** A change of the clock as documents write it. */
export interface ClockChange {
  readonly unfreeze?: boolean
  readonly set?: Moment
  /** `true`: where it stands. */
  readonly freeze?: boolean | Moment
  readonly advance?: number | string
}

/**
 * Unfreeze, set, freeze and advance a clock, in this order.
 * @throws UserError for what is no moment or duration; the clock then stays as it was.
 */
export function changeClock(clock: Clock, { unfreeze, set, freeze, advance }: ClockChange): void {
  const copy = new Clock()
  copy.restore(clock.state)
  if (unfreeze === true) copy.unfreeze()
  if (set !== undefined) copy.set(set)
  if (freeze === true) copy.freeze()
  else if (freeze === false) copy.unfreeze()
  else if (freeze !== undefined) copy.freeze(freeze)
  if (advance !== undefined) copy.advance(advance)
  clock.restore(copy.state)
}
