import { nearestName } from './nearest-name.ts'

const MOST_LISTED = 40

/** What somebody probably meant who wrote a name that there is not: the nearest one, or all if they are few; of many, where they stand. */
export function didYouMean(
  wanted: string,
  known: readonly string[],
  otherwise = 'See spec/COVERAGE.md for all.',
): string {
  const meant = nearestName(wanted, known)
  if (meant !== null) return `Did you mean "${meant}"?`
  if (known.length === 0) return 'There are none.'
  return known.length > MOST_LISTED ? otherwise : `There are ${known.toSorted().join(', ')}.`
}
