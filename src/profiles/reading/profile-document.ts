import { UserError } from '#lib/errors.ts'
import { checkValue, type Infer, s } from '#lib/schema.ts'
import { loadProfile } from '../index.ts'
import type { Layer } from '../layer.ts'
import { layerBetween } from '../layer-between.ts'
import { older } from '../older.ts'
import type { ProfileDefinition } from '../profile.ts'
import { type Json, PARTS, type Source } from './parts.ts'

/** A profile as a file: what differs from a shipped one. */
const documentSchema = s.object({
  id: s.string(),
  over: s.described('the shipped profile that it lies over', s.string()),
  product: s.string(),
  productName: s.string(),
  release: s.int(),
  versionString: s.string(),
  version: s.list(s.int()),
  edition: s.string(),
  layers: s.described('what differs, by the names of files of a profile', s.record(s.any())),
})

export type ProfileDocument = Infer<typeof documentSchema>

/** What a server says about itself in `status.php`. */
export interface ServerStatus {
  readonly productname: string
  readonly versionstring: string
  readonly version: string
  readonly edition: string
}

/** A profile as it was read, and what could not be. */
export interface ReadProfile {
  readonly document: ProfileDocument
  /** Names of the parts that the server does not tell. */
  readonly untold: readonly string[]
}

/**
 * Make a profile of what a server tells about itself, laid over the shipped one that is nearest to it. It only reads.
 * @param id what the profile is called
 */
export async function readProfile(
  source: Source,
  { id, status, over }: { readonly id: string; readonly status: ServerStatus; readonly over: ProfileDefinition },
): Promise<ReadProfile> {
  const asked = askedOnce(source)
  const layers: Record<string, Layer> = {}
  const untold: string[] = []
  for (const { file, occ, read } of PARTS) {
    if (occ) continue
    const name = file.replace(/\.json$/, '')
    const below = (name === 'apps' ? over.apps : await over.data[name]?.()) as Json | undefined
    if (below === undefined) continue
    const now = await read(asked, below).catch(() => null)
    if (now === null) {
      untold.push(name)
      continue
    }
    const layer = layerBetween(below, now)
    if (layer) layers[name] = layer
  }
  const version = status.version.split('.').map(Number)
  const document: ProfileDocument = {
    id,
    over: over.id,
    product: over.product,
    productName: status.productname,
    release: version[0] ?? over.release,
    versionString: status.versionstring,
    version,
    edition: status.edition,
    layers,
  }
  return { document, untold }
}

/** Several parts are made of the same answers. */
function askedOnce(source: Source): Source {
  const answers = new Map<string, Promise<Json>>()
  const ocs = (path: string) => {
    const answer = answers.get(path) ?? source.ocs(path)
    answers.set(path, answer)
    return answer
  }
  return { ...source, ocs }
}

/**
 * The profile that a document states.
 * @throws UserError where it is none
 */
export async function profileOfDocument(given: unknown): Promise<ProfileDefinition> {
  const [problem] = checkValue(documentSchema, given)
  if (problem) {
    throw new UserError(
      `Failed to read the profile: ${problem.pointer || 'it'} is ${problem.got}, expected ${problem.expected}. Make one with "ocs-mock profile from URL".`,
    )
  }
  const { over, layers, ...own } = given as ProfileDocument
  const { apps, installation, ...data } = layers as Readonly<Record<string, Layer>>
  return older(await loadProfile(over), {
    ...own,
    ...(apps ? { apps } : {}),
    ...(installation ? { installation } : {}),
    data: Object.fromEntries(Object.entries(data).map(([name, layer]) => [name, async () => layer])),
  })
}
