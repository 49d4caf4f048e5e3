import data from '#fixtures/phone-regions.json' with { type: 'json' }

/** How the telephone numbers of one region look: what a number must be to exist there. */
export interface NumberingPlan {
  /** The country code, which several regions may share. */
  readonly code: string
  /** How one dials abroad, as a pattern; empty: unknown. */
  readonly international: string
  /** What stands before a number inside the country, as a pattern; empty: nothing. */
  readonly national: string
  /** What the national prefix is replaced by; empty: by nothing. */
  readonly replacement: string
  /** How numbers of this region start, where a country code is shared; empty: any type of number will do. */
  readonly leading: string
  readonly general: string
  readonly lengths: Lengths
  /** Lengths that only work inside one place. */
  readonly localLengths: Lengths
  /** Lengths and patterns of mobile numbers, landlines and others. */
  readonly types: readonly (readonly [lengths: Lengths, pattern: string])[]
}

/** Numbers of digits: `7,9-11`; empty: as the general ones. */
export type Lengths = string

const regions: Readonly<Record<string, string>> = data.regions
const regionsByCode: Readonly<Record<string, string>> = data.codes

/** The plan of a region (ISO 3166, two letters), or `null` where there is no such region. */
export function planOf(region: string): NumberingPlan | null {
  const name = region.toUpperCase()
  const line = Object.hasOwn(regions, name) ? regions[name] : undefined
  return line === undefined ? null : read(line)
}

/** The plans behind a country code, the main region's first; none where nothing is behind it. */
export function plansOfCode(code: string): NumberingPlan[] {
  const names = Object.hasOwn(regionsByCode, code) ? regionsByCode[code]!.split(' ') : []
  return names.map((name) => planOf(name === '001' ? `001:${code}` : name)!)
}

function read(line: string): NumberingPlan {
  const [
    code = '',
    international = '',
    national = '',
    replacement = '',
    leading = '',
    general = '',
    lengths = '',
    localLengths = '',
    ...rest
  ] = line.split('\t')
  const types: [Lengths, string][] = []
  for (let i = 0; i < rest.length; i += 2) types.push([rest[i]!, rest[i + 1]!])
  return { code, international, national, replacement, leading, general, lengths, localLengths, types }
}

/** Whether a length is one of these. */
export function includesLength(lengths: Lengths, length: number): boolean {
  return lengths.split(',').some((part) => {
    const [first, last = first] = part.split('-').map(Number)
    return length >= first! && length <= last!
  })
}

export const shortest = (lengths: Lengths): number => Number(/^\d+/.exec(lengths)?.[0] ?? 0)
export const longest = (lengths: Lengths): number => Number(/\d+$/.exec(lengths)?.[0] ?? 0)
