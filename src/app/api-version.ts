/** The version of the form of definitions. One that is made for another version is refused with a sentence. */
export const APP_API_VERSION = 1
