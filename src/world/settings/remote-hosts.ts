import type { World } from '../world.ts'
import { getSystem } from './config.ts'

const LOCAL_TOP_LEVEL = new Set(['local', 'localhost', 'intranet', 'internal', 'private', 'corp', 'home', 'lan'])

/** IPv4 networks that no server may be sent to: private, reserved, shared by carriers. */
const LOCAL_NETWORKS: readonly (readonly [network: string, bits: number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['240.0.0.0', 4],
]

/** Whether an account may make the server talk to a host: local ones only where `config.php` allows them. */
export function isAllowedRemoteHost(world: World, host: string): boolean {
  if (getSystem(world, 'allow_local_remote_servers', false)) return true
  const plain = host.toLowerCase().replace(/^\[(.*)\]$/, '$1')
  if (plain.includes(':')) return !isLocalIpv6(plain)
  if (!plain.includes('.') || LOCAL_TOP_LEVEL.has(plain.slice(plain.lastIndexOf('.') + 1))) return false
  return !LOCAL_NETWORKS.some(([network, bits]) => isInNetwork(plain, network, bits))
}

function isInNetwork(address: string, network: string, bits: number): boolean {
  const number = ipv4Number(address)
  return (
    number !== null && Math.floor(number / 2 ** (32 - bits)) === Math.floor(ipv4Number(network)! / 2 ** (32 - bits))
  )
}

function ipv4Number(address: string): number | null {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(address)
  return match ? match.slice(1).reduce((sum, part) => sum * 256 + Number(part), 0) : null
}

/** The loopback, nothing at all, unique local and link-local addresses. */
const isLocalIpv6 = (address: string) => /^(?:::1?$|::ffff:|f[cd][0-9a-f]{2}:|fe[89ab][0-9a-f]:)/.test(address)
