/** Seconds since 1970 as HTTP writes dates: `Sat, 21 Nov 2026 03:49:06 GMT`. */
export const httpDate = (seconds: number): string => new Date(seconds * 1000).toUTCString()

/** Seconds since 1970 as PHP's ATOM format writes them: `2026-11-21T03:49:06+00:00`. */
export const atomDate = (seconds: number): string =>
  new Date(seconds * 1000).toISOString().replace(/\.\d{3}Z$/, '+00:00')
