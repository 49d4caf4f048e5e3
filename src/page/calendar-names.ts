import type { PhpArray } from '#lib/php.ts'

/** A Sunday, the first of a week, and the first of a year's months, in milliseconds since 1970. */
const SUNDAY = Date.UTC(2023, 0, 1)
const DAY = 86_400_000

/** What the release's English texts call days and months where there is little room (Nextcloud 34.0.1, asked). */
const ENGLISH = {
  dayNamesShort: ['Sun.', 'Mon.', 'Tue.', 'Wed.', 'Thu.', 'Fri.', 'Sat.'],
  dayNamesMin: ['Su', 'Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa'],
  monthNamesShort: ['Jan.', 'Feb.', 'Mar.', 'Apr.', 'May.', 'Jun.', 'Jul.', 'Aug.', 'Sep.', 'Oct.', 'Nov.', 'Dec.'],
}

/**
 * The variables of a page that calendars are drawn with. Other languages than English are the platform's, not the
 * product's own translations: they differ in full stops.
 * @param language such as `de` or `pt_BR`
 * @param firstDay what an account chose, `0` for Sunday; empty: as it is usual where the language is spoken
 */
export function calendarNames(language: string, firstDay: string): PhpArray {
  const locale = localeOf(language)
  const days = (weekday: 'long' | 'short' | 'narrow') => {
    const format = new Intl.DateTimeFormat(locale, { weekday, timeZone: 'UTC' })
    return Array.from({ length: 7 }, (_, day) => format.format(SUNDAY + day * DAY))
  }
  const months = (month: 'long' | 'short') => {
    const format = new Intl.DateTimeFormat(locale, { month, timeZone: 'UTC' })
    return Array.from({ length: 12 }, (_, index) => format.format(Date.UTC(2023, index, 1)))
  }
  const isEnglish = /^en(_US)?$/.test(language)
  return {
    dayNames: days('long'),
    dayNamesShort: isEnglish ? ENGLISH.dayNamesShort : days('short'),
    dayNamesMin: isEnglish ? ENGLISH.dayNamesMin : days('short').map((name) => name.slice(0, 2)),
    monthNames: months('long'),
    monthNamesShort: isEnglish ? ENGLISH.monthNamesShort : months('short'),
    firstDay: firstDay === '' ? usualFirstDay(locale) : Number(firstDay),
  }
}

function localeOf(language: string): Intl.Locale {
  try {
    return new Intl.Locale(language.replaceAll('_', '-'))
  } catch {
    return new Intl.Locale('en')
  }
}

/** Platforms have it as a property or as a method; some have neither. */
interface LocaleWithWeek extends Intl.Locale {
  readonly weekInfo?: { readonly firstDay: number }
  getWeekInfo?(): { readonly firstDay: number }
}

function usualFirstDay(locale: LocaleWithWeek): number {
  const { firstDay } = locale.getWeekInfo?.() ?? locale.weekInfo ?? { firstDay: 7 }
  return firstDay % 7
}
