import { defineEndpoint, s } from '#app/index.ts'
import { hostOf, isRestricted } from './host.ts'

const HOUR = 3600
const DAY = 24 * HOUR

export const basicData = defineEndpoint({
  id: 'serverinfo:GET /apps/serverinfo/api/v1/basicdata',
  app: 'serverinfo',
  method: 'GET',
  path: '/apps/serverinfo/api/v1/basicdata',
  access: 'admin',
  summary: 'The time on the machine, how long it has been up, and how warm it is',
  output: s.object({
    servertime: s.string(),
    uptime: s.string(),
    thermalzones: s.list(s.object({ zone: s.string(), type: s.string(), temp: s.number() })),
  }),
  handle: ({ world, profile, ok }) => {
    if (isRestricted(world)) return ok({ servertime: '', uptime: 'Unknown', thermalzones: [] })
    const started = hostOf(world, profile).php.opcache.opcache_statistics.start_time
    const up = Math.max(0, world.clock.seconds() - started)
    return ok({ servertime: unixDate(world.clock.seconds()), uptime: uptimeText(up), thermalzones: [] })
  },
})

/** What `date` prints: `Sat Nov 21 13:02:01 UTC 2026`, with the day of the month in two columns. */
function unixDate(seconds: number): string {
  const [, weekday, day, month, year, time] = /^(\w+), (\d+) (\w+) (\d+) (\S+)/.exec(
    new Date(seconds * 1000).toUTCString(),
  )!
  return `${weekday} ${month} ${String(Number(day)).padStart(2)} ${time} UTC ${year}\n`
}

function uptimeText(seconds: number): string {
  const days = Math.floor(seconds / DAY)
  const rest = `${Math.floor(seconds / HOUR) % 24} hours, ${Math.floor(seconds / 60) % 60} minutes, ${seconds % 60} seconds`
  return days > 0 ? `${days} days, ${rest}` : rest
}
