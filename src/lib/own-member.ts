/**
 * A member that a record itself has. Names that somebody sends may be those of what every object inherits, such as
 * `constructor` and `__proto__`, and these are no members.
 */
export const ownMember = <V>(record: Readonly<Record<string, V>>, name: string): V | undefined =>
  Object.hasOwn(record, name) ? record[name] : undefined
