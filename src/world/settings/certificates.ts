import { s } from '#lib/schema.ts'
import { type Certificate, readCertificate } from '#lib/x509.ts'
import { defineTable } from '../define-table.ts'
import type { World } from '../world.ts'

/** A certificate that the server trusts besides those of its system. */
export interface TrustedCertificate {
  readonly name: string
  readonly pem: string
}

/** By the name of the file that each came in. */
export const certificatesTable = defineTable<TrustedCertificate>('certificates', {
  record: s.object({ name: s.string(), pem: s.string() }),
})

/** Trust a certificate. @returns `unreadable`: it is none */
export function trust(world: World, name: string, pem: string): 'trusted' | 'unreadable' {
  if (!readCertificate(pem)) return 'unreadable'
  world.table(certificatesTable).set(name, { name, pem })
  return 'trusted'
}

export const distrust = (world: World, name: string): boolean => world.table(certificatesTable).delete(name)

/** All of them with what they say, by name. */
export const list = (world: World): (TrustedCertificate & Certificate)[] =>
  [...world.table(certificatesTable).values()]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((kept) => ({ ...kept, ...readCertificate(kept.pem)! }))
