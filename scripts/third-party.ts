import { spawnSync } from 'node:child_process'
import { parseArgs } from 'node:util'

const HELP = `usage: npm run third-party -- [URL --reset COMMAND] [FILTER...]

Tries the clients that others wrote: on a fake of every profile of Nextcloud, in full ("npm test" tries older profiles
with a part of them). With URL, on that real server instead, so that one can see whether they fare there as on its
fake. It has the account admin with the password admin, and COMMAND makes it a fresh one, before each test: never name
a server that anybody needs.

      --reset COMMAND     a command of the shell
      --help              this text
`

/** `npm run third-party`: the exit code is that of the tests. */
function main(): number {
  const { values, positionals } = parseArgs({
    options: { reset: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
    allowPositionals: true,
  })
  if (values.help) {
    process.stdout.write(HELP)
    return 0
  }
  const url = positionals.find((one) => /^https?:/.test(one))?.replace(/\/$/, '')
  if ((url === undefined) !== (values.reset === undefined)) {
    process.stderr.write('Failed to find what to try: give URL and --reset, or none of them.\n')
    return 2
  }
  const filters = positionals.filter((one) => !/^https?:/.test(one))
  const { status } = spawnSync('npx', ['vitest', 'run', '--project', 'third-party', '--reporter=verbose', ...filters], {
    stdio: 'inherit',
    env: {
      ...process.env,
      OCS_MOCK_CLIENTS_FULL: '1',
      ...(url === undefined ? {} : { OCS_MOCK_CLIENTS_SERVER: url, OCS_MOCK_CLIENTS_RESET: values.reset }),
    },
  })
  return status ?? 2
}

process.exitCode = main()
