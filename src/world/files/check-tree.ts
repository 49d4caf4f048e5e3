/** What is read of a table. */
interface Records<V> {
  get(key: string): V | undefined
  entries(): Iterable<[string, V]>
}

interface TreeNode {
  readonly id: number
  readonly storage: string
  readonly parent: number
  readonly name: string
  readonly type: 'file' | 'folder'
}

/** The tables that make up the trees of all storages. */
export interface TreeTables {
  readonly nodes: Records<TreeNode>
  readonly names: Records<{ readonly id: number }>
  readonly storages: Records<{ readonly rootId: number }>
  readonly contents: Records<unknown>
}

/**
 * What is wrong with the trees, in words; `null`: each node hangs below a folder, up to the root of its storage, and is
 * found by its name. Takes time by the number of nodes.
 */
export function treeProblem({ nodes, names, storages, contents }: TreeTables): string | null {
  for (const [key, node] of nodes.entries()) {
    const at = `"tables.fileNodes.${key}"`
    if (String(node.id) !== key) return `${at} has the id ${node.id}`
    if (node.parent === 0) {
      if (storages.get(node.storage)?.rootId !== node.id) return `${at} is not the root of "${node.storage}"`
      continue
    }
    const parent = nodes.get(String(node.parent))
    if (parent?.type !== 'folder') return `${at} is in ${node.parent}, which is no folder`
    if (parent.storage !== node.storage) return `${at} is in a folder of another storage`
    if (names.get(`${node.parent}/${node.name}`)?.id !== node.id)
      return `"tables.fileNames" does not have "${node.parent}/${node.name}" for the node ${node.id}`
  }
  for (const [key, { id }] of names.entries()) {
    const node = nodes.get(String(id))
    if (!node || `${node.parent}/${node.name}` !== key)
      return `"tables.fileNames.${key}" names ${id}, which is not there`
  }
  for (const [storage, { rootId }] of storages.entries()) {
    const root = nodes.get(String(rootId))
    if (root?.type !== 'folder' || root.parent !== 0 || root.storage !== storage)
      return `"tables.storages.${storage}" begins with ${rootId}, which is no such root`
  }
  for (const [key] of contents.entries())
    if (nodes.get(key)?.type !== 'file') return `"tables.fileContents.${key}" belongs to no file`
  return circleProblem(nodes)
}

/** A folder that is, by some way, in itself. */
function circleProblem(nodes: Records<TreeNode>): string | null {
  const fine = new Set<number>([0])
  for (const [, { id }] of nodes.entries()) {
    const way: number[] = []
    const onWay = new Set<number>()
    for (let at = id; !fine.has(at); at = nodes.get(String(at))!.parent) {
      if (onWay.has(at)) return `"tables.fileNodes.${at}" is in itself`
      onWay.add(at)
      way.push(at)
    }
    for (const one of way) fine.add(one)
  }
  return null
}
