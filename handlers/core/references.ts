import { defineEndpoint, type HandlerArguments, p, type Reference, type ReferenceProvider, s } from '#app/index.ts'
import { type PhpValue, phpArray } from '#lib/php.ts'
import { byRelease } from '#lib/releases.ts'
import type { ContributionSource } from '#line/contributions.ts'
import type { Failures } from '#line/endpoint.ts'
import type { ParamShape } from '#line/params.ts'
import { isEnabled } from '#world/settings/apps.ts'
import { getSystem, setUser } from '#world/settings/config.ts'
import type { World } from '#world/world.ts'
import { cacheHeaders } from './images/preview-answer.ts'

const openGraph = s.object({
  id: s.string(),
  name: s.string(),
  description: s.nullable(s.string()),
  thumb: s.nullable(s.string()),
  link: s.string(),
})
const reference = s.nullable(
  s.object({
    richObjectType: s.string(),
    richObject: s.nullable(s.record(s.any())),
    openGraphObject: openGraph,
    accessible: s.bool(),
  }),
)
const output = s.object({ references: s.record(reference) })
const notImplemented = [
  'Titles, descriptions and pictures of pages on the internet',
  'References of apps that are not shipped',
]

/** Anonymous callers get no more than this many at once. */
const MOST_IN_PUBLIC = 15
const NO_PAGE = 'a page on the internet, which is not opened: its address stands for its title'

const text = p.string().describe('Where to look for addresses')
const resolve = p.bool().default(false).describe('Say what they lead to')
const limit = p.limit().default(1)
const references = p.array().describe('Addresses')
const sharingToken = p.string().describe('The link through which one looks')
const address = p.string().describe('An address')

export const extract = defineEndpoint({
  id: 'core-reference_api-extract',
  app: 'core',
  method: 'POST',
  path: '/references/extract',
  access: 'user',
  summary: 'Find addresses in a text',
  input: { text, resolve, limit },
  output,
  notImplemented,
  handle: async (args) => {
    const { input, ok } = args
    const addresses = addressesIn(input.text).slice(0, Math.max(0, input.limit))
    return ok(await answer(addresses, (one) => (input.resolve ? resolveFor(args, one) : null)))
  },
})

export const extractPublic = defineEndpoint({
  id: 'core-reference_api-extract-public',
  app: 'core',
  method: 'POST',
  path: '/references/extractPublic',
  since: 30,
  access: 'public',
  summary: 'Find addresses in a text that a link shows',
  input: { text, sharingToken, resolve, limit },
  output,
  notImplemented,
  handle: async (args) => {
    const { input, ok } = args
    const most = Math.max(0, Math.min(input.limit, MOST_IN_PUBLIC))
    return ok(await answer(addressesIn(input.text).slice(0, most), (one) => (input.resolve ? page(args, one) : null)))
  },
})

export const resolveOne = defineEndpoint({
  id: 'core-reference_api-resolve-one',
  app: 'core',
  method: 'GET',
  path: '/references/resolve',
  access: 'user',
  summary: `What an address leads to: a file, a profile, or ${NO_PAGE}`,
  input: { reference: address },
  output,
  probe: { reference: 'https://example.org' },
  notImplemented,
  handle: async (args) =>
    args.ok(await answer([args.input.reference], (one) => resolveFor(args, one.trim())), {
      headers: forAnHour(args.world),
    }),
})

export const resolveOnePublic = defineEndpoint({
  id: 'core-reference_api-resolve-one-public',
  app: 'core',
  method: 'GET',
  path: '/references/resolvePublic',
  since: 30,
  access: 'public',
  summary: `What an address that a link shows leads to: ${NO_PAGE}`,
  input: { reference: address, sharingToken },
  output,
  probe: { reference: 'https://example.org', sharingToken: 'none' },
  notImplemented,
  handle: async (args) =>
    args.ok(await answer([args.input.reference], (one) => page(args, one.trim())), { headers: forAnHour(args.world) }),
})

const forAnHour = (world: World) => Object.fromEntries(cacheHeaders(world, 'immutable', 3600))

export const resolveMany = defineEndpoint({
  id: 'core-reference_api-resolve',
  app: 'core',
  method: 'POST',
  path: '/references/resolve',
  access: 'user',
  summary: 'What several addresses lead to',
  input: { references, limit },
  output,
  notImplemented,
  handle: async (args) => {
    const references = Object.values(args.input.references).slice(0, Math.max(0, args.input.limit))
    if (!references.every((one) => typeof one === 'string')) return args.crash()
    const found = references.map(async (one) => [one, await resolveFor(args, one)] as const)
    const named = (await Promise.all(found)).filter(([, what]) => what !== null || NAMES_UNKNOWN.at(args.world.release))
    return args.ok({ references: phpArray(named.map(([one, what]): [string, PhpValue] => [one, what])) })
  },
})

export const resolveManyPublic = defineEndpoint({
  id: 'core-reference_api-resolve-public',
  app: 'core',
  method: 'POST',
  path: '/references/resolvePublic',
  since: 30,
  access: 'public',
  summary: 'What several addresses that a link shows lead to',
  input: { references, sharingToken, limit },
  output,
  notImplemented,
  handle: async (args) => {
    const most = Math.max(0, Math.min(args.input.limit, MOST_IN_PUBLIC))
    const references = Object.values(args.input.references).slice(0, most)
    if (!references.every((one) => typeof one === 'string')) return args.crash()
    return args.ok(await answer(references, (one) => page(args, one)))
  },
})

export const getProvidersInfo = defineEndpoint({
  id: 'core-reference_api-get-providers-info',
  app: 'core',
  method: 'GET',
  path: '/references/providers',
  access: 'user',
  summary: 'What one can pick references from',
  output: s.list(s.object({ id: s.string(), title: s.words(), icon_url: s.string(), order: s.int() })),
  handle: async ({ world, catalogue, ok }) => ok(await shownPickers(world, catalogue)),
})

export const touchProvider = defineEndpoint({
  id: 'core-reference_api-touch-provider',
  app: 'core',
  method: 'PUT',
  path: '/references/provider/{providerId}',
  access: 'user',
  summary: 'Say that one has just picked from a provider',
  input: { timestamp: p.int().orNull().describe('Seconds since 1970; now without it') },
  output: s.object({ success: s.bool() }),
  handle: async ({ input, me, world, catalogue, ok }) => {
    const known = (await pickers(world, catalogue)).some(({ id }) => id === input.providerId)
    const at = String(input.timestamp ?? world.clock.seconds())
    if (known) setUser(world, me, 'references', `provider-last-use_${input.providerId}`, at)
    return ok({ success: known })
  },
})

/** As the server looks for addresses in a text. */
const ADDRESS = /(\s|\n|^)(https?:\/\/)([-A-Z0-9+_.]+(?::[0-9]+)?(?:\/[-A-Z0-9+&@#%?=~_|!:,.;()]*)*)(\s|\n|$)/gim

const addressesIn = (text: string): string[] => Array.from(text.matchAll(ADDRESS), ([match]) => match.trim())
const isAddress = (text: string) => text.search(ADDRESS) >= 0

/** Whether an address that leads nowhere is named in the answer. */
const NAMES_UNKNOWN = byRelease(false, { 32: true })

async function answer(
  addresses: readonly string[],
  of: (address: string) => PhpValue | Promise<PhpValue>,
): Promise<PhpValue> {
  const all = addresses.map(async (one): Promise<[string, PhpValue]> => [one, await of(one)])
  return { references: phpArray(await Promise.all(all)) }
}

async function providers(world: World, catalogue: ContributionSource): Promise<ReferenceProvider[]> {
  const all = await catalogue.gather('referenceProviders')
  return all.filter(({ app }) => isEnabled(world, app)).map(({ contribution }) => contribution)
}

/** What one can pick references from. */
export const pickers = async (world: World, catalogue: ContributionSource) =>
  (await providers(world, catalogue)).flatMap(({ picker }) => picker ?? [])

/** What people pick from, as lists and pages show it. */
export const shownPickers = async (world: World, catalogue: ContributionSource) =>
  (await pickers(world, catalogue)).map(({ id, title, icon, order }) => ({ id, title, icon_url: icon, order }))

type ReferenceArguments = Pick<HandlerArguments<string, ParamShape, Failures>, 'world' | 'request' | 'me' | 'catalogue'>

/** What an address leads to for somebody who is logged in; `null`: nothing. */
async function resolveFor(args: ReferenceArguments, address: string): Promise<PhpValue> {
  const { world, request, me, catalogue } = args
  for (const provider of await providers(world, catalogue)) {
    const found = provider.resolve(address, { world, baseUrl: request.baseUrl, me })
    if (found !== 'unknown') return found && format(address, found)
  }
  return page(args, address)
}

/** A page on the internet is what it says it is; nothing is fetched. */
function page({ world }: Pick<ReferenceArguments, 'world'>, address: string): PhpValue {
  if (getSystem<unknown>(world, 'reference_opengraph', true) !== true || !isAddress(address)) return null
  return format(address, { title: address })
}

function format(id: string, reference: Reference): PhpValue {
  const { title, description = null, imageUrl = null, url = id, richObject, accessible = true } = reference
  const openGraphObject = { id, name: title, description, thumb: imageUrl, link: url }
  return {
    richObjectType: richObject?.type ?? 'open-graph',
    richObject: richObject?.object ?? openGraphObject,
    openGraphObject,
    accessible,
  }
}
