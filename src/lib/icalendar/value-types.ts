import type { Property } from './component.ts'

/** What a property holds where it does not say so, in the words of jCal. */
const DEFAULTS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'date-time': 'COMPLETED DTEND DUE DTSTART RECURRENCE-ID EXDATE RDATE CREATED DTSTAMP LAST-MODIFIED ACKNOWLEDGED',
    'cal-address': 'ATTENDEE ORGANIZER',
    duration: 'DURATION TRIGGER REFRESH-INTERVAL',
    integer: 'PERCENT-COMPLETE PRIORITY REPEAT SEQUENCE',
    float: 'GEO',
    recur: 'RRULE EXRULE',
    period: 'FREEBUSY',
    'utc-offset': 'TZOFFSETFROM TZOFFSETTO',
    uri: 'ATTACH TZURL URL FBURL CAPURI CALURI CALADRURI IMPP SOURCE MEMBER RELATED PHOTO LOGO',
    'date-and-or-time': 'BDAY ANNIVERSARY DEATHDATE',
    timestamp: 'REV',
    'language-tag': 'LANG',
    text:
      'CALSCALE METHOD PRODID VERSION CATEGORIES CLASS COMMENT DESCRIPTION LOCATION RESOURCES STATUS SUMMARY TRANSP ' +
      'TZID TZNAME CONTACT RELATED-TO UID ACTION REQUEST-STATUS N FN ADR LABEL TEL EMAIL MAILER TITLE ROLE ORG NOTE ' +
      'SOUND KEY TZ SORT-STRING NICKNAME XML CLIENTPIDMAP GENDER KIND BUSYTYPE',
  }).flatMap(([type, names]) => names.split(' ').map((name) => [name, type] as const)),
)

/** `DATE`, `DATE-TIME`, `TEXT` … as a property says itself, or as its name does. */
export const valueTypeOf = ({ name, params }: Property): string =>
  (params.get('VALUE')?.[0] ?? DEFAULTS.get(name) ?? 'unknown').toUpperCase()
