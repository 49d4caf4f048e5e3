/** What a server gives out at random or by its clock, and says nothing of what it did. `N` stands for a number. */
const SAYS_NOTHING: readonly (readonly [RegExp, string])[] = [
  [/requesttoken=[^"&<]+/g, 'requesttoken=N'],
  [/\.d\d{10}\b/g, '.dN'],
  [/(?<=\/versions\/)\d+\/\d{10}/g, 'N/N'],
  [/(?<=\/versions\/)\d+(?=\/)/g, 'N'],
  [/(?<=\/comments\/files\/)\d+/g, 'N'],
  [/(?<=\/comments\/files\/N\/)\d+/g, 'N'],
  [/(?<=sync\/)\d+/g, 'N'],
  [/(?<=\/systemtags-relations\/files\/)\d+/g, 'N'],
  [/\w{32}(?=\.(?:ics|vcf))/g, 'N'],
  [/(?<=event","id":")\w{32}/g, 'N'],
  [/\b[A-Za-z0-9]{72}\b/g, 'N'],
  [/[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}/gi, 'N'],
  [/(?<=(?:DTSTAMP|CREATED|LAST-MODIFIED|REV):)\d{8}T\d{6}Z/g, 'N'],
  // Files in addresses, and passwords that were made up.
  [/(?<=\/f\\?\/|fileId=|&c=)[\da-f]+/g, 'N'],
  [/(?<="password":")\w{10}(?=")/g, 'N'],
  [/(?<=<password>)\w{10}(?=<)/g, 'N'],
  // Activities, and files among them.
  [/(?<="(?:activity_id|object_id|activity)":"?)\d+/g, '0'],
  [/(?<=<(?:activity_id|object_id)>)\d+/g, 'N'],
  [/(?<="id":)\d+(?=,"(?:subject|basename)":)/g, '0'],
  [/(?<="type":"(?:file|systemtag)","id":")\d+/g, 'N'],
  [/(<type>(?:file|systemtag)<\/type>\s*<id>)\d+/g, '$1N'],
  [/(?<=<id>)\w{32}(?=<)/g, 'N'],
  [/(<id>)\d+(?=<\/id>\s*<subject>)/g, '$1N'],
  // Notifications, of which a server may have had others before.
  [/(?<="nid":)\d+/g, '0'],
  [/(?<=<nid>)\d+/g, 'N'],
  [/(?<=directEditing\\?\/)\w+/g, 'N'],
  // Public keys of web push.
  [/\bB[\w-]{86}\b/g, 'N'],
]

/** Several files of an activity, by their ids: each is named by its path. */
const SEVERAL = /"objects":\{[^{}]*\}/g
const byPath = (objects: string): string => objects.replace(/"\d+":"([^"]*)"/g, '"N $1":"$1"')

/** Ids of teams and of their members. */
const TEAM_ID = /\b(?=\w*\d)[A-Za-z0-9]{31}\b/g

/** Writes answers of one server so that they can be compared with another one's: what it gave out by order of appearance. */
export class GivenOut {
  readonly #known = new Map<string, string>()

  /** The text with neutral names instead. */
  neutral(text: string): string {
    const spoken = SAYS_NOTHING.reduce((left, [pattern, instead]) => left.replace(pattern, instead), text)
    return spoken.replace(SEVERAL, byPath).replace(TEAM_ID, (id) => this.#nameOf(id))
  }

  #nameOf(id: string): string {
    const name = this.#known.get(id) ?? `team-id-${this.#known.size}`
    this.#known.set(id, name)
    return name
  }
}
