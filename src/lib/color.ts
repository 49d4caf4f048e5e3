/** Arithmetic with colours as Nextcloud's theming does it; a colour is `#rgb` or `#rrggbb`. */

type Triple = readonly [number, number, number]

/** Whether a text is a colour. */
export const isColor = (text: string): boolean => /^#(?:[0-9a-f]{3}|[0-9a-f]{6})$/i.test(text)

/** How bright a colour has to be for black text: so that white has no contrast on it, or by its luma alone. */
export type Readability = 'contrast' | 'luma'

/** Black or white, whichever can be read on a colour. */
export const textColorOn = (color: string, by: Readability = 'contrast'): '#000000' | '#ffffff' =>
  (by === 'luma' ? luma(color) > 0.6 : needsDarkText(color)) ? '#000000' : '#ffffff'

function luma(color: string): number {
  const [red, green, blue] = toRgb(color)
  return (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255
}

/** Whether white text would not be readable on a colour: a contrast below 4.5 (WCAG 2). */
export function needsDarkText(color: string): boolean {
  return 1.05 / (relativeLuminance(color) + 0.05) < 4.5
}

/**
 * A colour for elements of a page: very dark ones are brightened on dark pages, very bright ones darkened on
 * bright pages, by 30 points of lightness.
 */
export function elementColor(color: string, page: 'any' | 'dark'): string {
  const [hue, saturation, lightness] = toHsl(toRgb(color))
  if (page !== 'dark' && lightness > 0.8) return fromHsl([hue, saturation, Math.max(0, lightness - 0.3)])
  if (lightness < 0.2) return fromHsl([hue, saturation, lightness + 0.3])
  return color
}

const tripleOf = ([a = 0, b = 0, c = 0]: readonly number[]): Triple => [a, b, c]

function toRgb(color: string): Triple {
  const digits = color.slice(1)
  const full = digits.length === 3 ? [...digits].map((digit) => digit + digit).join('') : digits
  return tripleOf([0, 2, 4].map((at) => Number.parseInt(full.slice(at, at + 2), 16)))
}

function relativeLuminance(color: string): number {
  const [red, green, blue] = tripleOf(
    toRgb(color).map((value) => {
      const part = value / 255
      return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
    }),
  )
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** Hue from 0 to 1, saturation and lightness. */
function toHsl(rgb: Triple): Triple {
  const [red, green, blue] = tripleOf(rgb.map((value) => value / 255))
  const low = Math.min(red, green, blue)
  const high = Math.max(red, green, blue)
  const spread = high - low
  const lightness = (high + low) / 2
  if (spread === 0) return [0, 0, lightness]
  const saturation = lightness < 0.5 ? spread / (high + low) : spread / (2 - high - low)
  const sixths =
    high === red ? (green - blue) / spread : high === green ? 2 + (blue - red) / spread : 4 + (red - green) / spread
  return [((sixths + 6) % 6) / 6, saturation, lightness]
}

function fromHsl([hue, saturation, lightness]: Triple): string {
  const top = lightness < 0.5 ? lightness * (1 + saturation) : lightness + saturation - saturation * lightness
  const bottom = 2 * lightness - top
  const part = (shift: number) => {
    const at = (hue + shift + 1) % 1
    const share = at < 1 / 6 ? at * 6 : at < 1 / 2 ? 1 : at < 2 / 3 ? (2 / 3 - at) * 6 : 0
    return Math.round(255 * (bottom + (top - bottom) * share))
      .toString(16)
      .padStart(2, '0')
  }
  return `#${part(1 / 3)}${part(0)}${part(-1 / 3)}`
}
