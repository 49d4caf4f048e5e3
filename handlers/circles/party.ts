/** What can be in a team. Its text is an account's id, or has in front what it is: no id of an account has a colon. */
export type PartyKind = 'user' | 'group' | 'mail' | 'team'

export const groupParty = (groupId: string): string => `group:${groupId}`
export const mailParty = (address: string): string => `mail:${address.toLowerCase()}`

export const teamParty = (circleId: string): string => `team:${circleId}`

/** What a party is, and its id without that. */
export function partyOf(party: string): { readonly kind: PartyKind; readonly name: string } {
  const [, kind, name] = /^(group|mail|team):(.*)$/s.exec(party) ?? []
  return kind === undefined ? { kind: 'user', name: party } : { kind: kind as PartyKind, name: name! }
}
