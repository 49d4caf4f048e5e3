import { SECRET_KEY, type SecretNames } from '#lib/secrets.ts'

/**
 * Members that let somebody in, or that say where a person is to be found: keys of push services and shares, signatures
 * of addresses, licences, telephones and addresses. A journal shows them to whoever wrote the test; a recording goes to
 * others.
 */
const NOT_FOR_OTHERS =
  /^(?:auth|sig|hmac|refresh|phone|telephone|address|sharehash|(?:client|access)_?(?:id|key)|licen[cs]e_?key|(?:device|ua)?publickey|dns)$/i
/** How far somebody has synchronised lets nobody in. */
const NO_SECRET = /(?:^|:)sync-?token$/i
const HOLDERS = /^(?:auth_?data|headers|backend_?options)$/i
const PEOPLE = /display_?-?name(?:_?(?:owner|file_?owner))?$/i

/** Which members are taken out of recordings. */
export const RECORDED_SECRETS: SecretNames = {
  isSecret: (key) => !NO_SECRET.test(key) && (SECRET_KEY.test(key) || NOT_FOR_OTHERS.test(key)),
  holdsSecrets: (key) => HOLDERS.test(key),
  namesPeople: (key) => PEOPLE.test(key),
}

/** What is wrong with a password is said under its name. */
const SENTENCE = /^\p{Lu}\S*(?: \S+){2,}\.$/u

/** The same where all people are our own: their telephones and addresses are what stories say. */
export const SECRETS_OF_STORIES: SecretNames = {
  isSecret: (key, value = '') => !NO_SECRET.test(key) && SECRET_KEY.test(key) && !SENTENCE.test(value),
  holdsSecrets: (key) => HOLDERS.test(key),
}
