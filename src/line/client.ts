/** The product's own clients by their user agents, with their versions. */
export const CLIENTS = {
  desktop: /^Mozilla\/5\.0 \([A-Za-z ]+\) (?:mirall|csyncoC)\/([^ ]*).*$/,
  android: /^Mozilla\/5\.0 \(Android\) (?:ownCloud|Nextcloud)-android\/([^ ]*).*$/,
  ios: /^Mozilla\/5\.0 \(iOS\) (?:ownCloud|Nextcloud)-iOS\/([^ ]*).*$/,
} as const

/** Which of them asks, as people read it; empty for all others. */
export function clientHint(request: { header(name: string): string }): string {
  const agent = request.header('user-agent')
  if (CLIENTS.desktop.test(agent)) return 'Desktop client'
  if (CLIENTS.ios.test(agent)) return 'iOS client'
  return CLIENTS.android.test(agent) ? 'Android client' : ''
}
