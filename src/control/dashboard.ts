import { type ControlCall, RawAnswer } from './call.ts'
import { summaryOf } from './summary.ts'

/** The web page of the standalone server, and what it shows besides. */
export const dashboardCalls: readonly ControlCall[] = [
  {
    method: 'GET',
    path: '/summary',
    summary: 'the world in numbers: accounts, groups, apps, files, shares …',
    run: ({ selected: { mock } }) => summaryOf(mock),
  },
]

/** The page. It loads nothing from elsewhere. */
export async function dashboardPage(): Promise<RawAnswer> {
  const { default: page } = await import('../../dashboard/page.json', { with: { type: 'json' } })
  return new RawAnswer({
    status: 200,
    headers: [
      ['Content-Type', 'text/html; charset=utf-8'],
      ['Cache-Control', 'no-store'],
      ['X-Frame-Options', 'DENY'],
      ['Cross-Origin-Resource-Policy', 'same-origin'],
      ['X-Content-Type-Options', 'nosniff'],
      [
        'Content-Security-Policy',
        "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; connect-src 'self'; img-src data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
      ],
    ],
    body: page.html,
  })
}
