/** The bytes of an IP address, 4 or 16 of them; `null` where a text is none. */
export function parseIp(text: string): readonly number[] | null {
  return text.includes(':') ? parseIpv6(text) : parseIpv4(text)
}

function parseIpv4(text: string): number[] | null {
  const parts = text.split('.')
  const isOne = parts.length === 4 && parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256)
  return isOne ? parts.map(Number) : null
}

const GROUPS = 8

function parseIpv6(text: string): number[] | null {
  const halves = text.split('::')
  if (halves.length > 2) return null
  const [front, back] = halves.map(groupsOf)
  if (!front || back === null) return null
  const missing = GROUPS - front.length - (back?.length ?? 0)
  if (back === undefined ? missing !== 0 : missing < 1) return null
  const groups = [...front, ...Array.from({ length: missing }, () => 0), ...(back ?? [])]
  return groups.flatMap((group) => [group >> 8, group & 255])
}

/** The groups of 16 bits of a half, the last two of which may be written as IPv4. */
function groupsOf(half: string): number[] | null {
  if (half === '') return []
  const groups: number[] = []
  for (const part of half.split(':')) {
    const embedded = part.includes('.') ? parseIpv4(part) : null
    if (embedded) groups.push(embedded[0]! * 256 + embedded[1]!, embedded[2]! * 256 + embedded[3]!)
    else if (/^[0-9a-f]{1,4}$/i.test(part)) groups.push(Number.parseInt(part, 16))
    else return null
  }
  return groups
}

/** Whether an address lies in a range: `192.0.2.0/24`, `2001:db8::/32`, or one address. */
export function isInRange(address: readonly number[], range: string): boolean {
  const [first = '', length] = range.split('/')
  const network = parseIp(first)
  if (!network || network.length !== address.length) return false
  const bits = length === undefined ? network.length * 8 : Number(length)
  return network.every((byte, i) => {
    const shown = Math.min(8, Math.max(0, bits - i * 8))
    return byte >> (8 - shown) === address[i]! >> (8 - shown)
  })
}
