import type { OperationCall } from './operation-call.ts'
import { idOf, isInside, type StoredItem } from './store.ts'

/** Members that say for whom something is. */
const RECEIVER = /^(share_?with|receiver|participant|member|actor_?id)$/i
/** Values by which a caller asks for what is its own, or for what others share with it. */
const OWN = /^(own|owned|mine)$/
const SHARED = /^shared/

/** Which items a caller may reach. */
export class Reach {
  readonly #call: OperationCall

  constructor(call: OperationCall) {
    this.#call = call
  }

  /** The items that the path names, which must be there and be the caller's. */
  reach(): StoredItem[] {
    return this.#call.role.steps.map((step) => {
      const found = this.#call.model.store.find(this.#call.world, step.resource, idOf(this.#call.input(step.parameter)))
      if (!found || !this.#liesIn(found)) return this.#call.missing()
      // Who may not see it is told so where the document has words for it.
      if (!this.#mayReach(found)) return this.#call.fail(403, 404)
      return found
    })
  }

  #liesIn(item: StoredItem): boolean {
    return Object.entries(item.parents).every(([name, id]) => {
      const asked = this.#call.input(name)
      return asked === undefined || idOf(asked) === id
    })
  }

  /** Whose it is, who it is shared with, and who has what it lies in. */
  #mayReach(item: StoredItem): boolean {
    if (item.owner === '' || item.owner === this.#call.owner || this.#isPublic()) return true
    return this.#around(item).some((one) => one.owner === this.#call.owner) || this.#isSharedWithMe(item)
  }

  /** The items in which an item lies. */
  #around({ parents }: StoredItem): StoredItem[] {
    return this.#call.role.steps.flatMap(({ resource, parameter }) => {
      const id = parents[parameter]
      return (id !== undefined && this.#call.model.store.find(this.#call.world, resource, id)) || []
    })
  }

  /** Whether something that lies in it says that it is for the caller: a share, a member, a participant. */
  #isSharedWithMe(item: StoredItem): boolean {
    const inside = { [this.#call.parameterOf(item.resource)]: item.id }
    const isForMe = ({ fields }: StoredItem) =>
      Object.entries(fields).some(([name, value]) => RECEIVER.test(name) && value === this.#call.owner)
    return this.#call.model.resources.names.some((name) =>
      this.#call.model.store.list(this.#call.world, name, inside).some((one) => isInside(one, inside) && isForMe(one)),
    )
  }

  #isPublic(): boolean {
    return this.#call.owner === '' || this.#call.operation.security.includes('')
  }

  /** Those that the caller has, that are shared with it, and that lie in what it may reach. */
  own(resource: string, parents: StoredItem['parents']): StoredItem[] {
    const all = this.#call.model.store.list(this.#call.world, resource, parents)
    if (Object.keys(parents).length > 0) return all
    const asked = [...this.#call.parameters()].map(([name]) => String(this.#call.input(name)))
    return all.filter((item) => {
      if (item.owner === this.#call.owner) return !asked.some((value) => SHARED.test(value))
      return !asked.some((value) => OWN.test(value)) && this.#isSharedWithMe(item)
    })
  }
}
