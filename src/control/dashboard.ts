import { s } from '#lib/schema.ts'
import { type ControlCall, RawAnswer } from './call.ts'
import { summaryOf } from './summary.ts'

const SUMMARY = s.object({ version: s.string(), profile: s.string(), product: s.string() }, 'allow')

/** The web page of the standalone server, and what it shows besides. */
export const dashboardCalls: readonly ControlCall[] = [
  {
    method: 'GET',
    path: '/summary',
    summary: 'the world in numbers: accounts, groups, apps, files, shares …',
    answers: SUMMARY,
    run: ({ selected: { mock } }) => summaryOf(mock),
  },
]

/** The page. It is one file, and loads nothing from elsewhere. */
export async function dashboardPage(): Promise<RawAnswer> {
  const { page } = await import('#dashboard/page.ts')
  const { html, scriptHash, styleHash } = await page()
  const policy = [
    "default-src 'none'",
    `script-src '${scriptHash}'`,
    `style-src '${styleHash}'`,
    "connect-src 'self'",
    'img-src data:',
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ]
  return new RawAnswer({
    status: 200,
    headers: [
      ['Content-Type', 'text/html; charset=utf-8'],
      ['Cache-Control', 'no-store'],
      ['X-Frame-Options', 'DENY'],
      ['Cross-Origin-Resource-Policy', 'same-origin'],
      ['X-Content-Type-Options', 'nosniff'],
      ['Content-Security-Policy', policy.join('; ')],
    ],
    body: html,
  })
}
