/** Who may do one thing with a resource. All that is granted is protected: no client changes it. */
export interface Grant {
  /** `principals/users/alice`, or `{DAV:}authenticated`, `{DAV:}owner`. */
  readonly principal: string
  /** In Clark notation: `{DAV:}read`. */
  readonly privilege: string
}

/** A privilege with those that it means. */
export interface Privilege {
  readonly name: string
  readonly parts?: readonly Privilege[]
}

/** What may be done with a resource, and by whom. */
export interface AccessControl {
  /** A principal; `null`: it belongs to nobody. */
  readonly owner: string | null
  readonly grants: readonly Grant[]
  /** Privileges of its kind that others do not have, below `read` or below all. */
  readonly more?: { readonly read?: readonly Privilege[]; readonly all?: readonly Privilege[] }
  /** What messages call it: `Calendar`. Default: `Node`. */
  readonly kind?: string
}
