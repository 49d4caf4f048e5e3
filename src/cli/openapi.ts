import { openApiDocument } from '#adapters/openapi.ts'
import { withApps } from '#app/with-apps.ts'
import { compose } from '#compose.ts'
import { didYouMean } from '#lib/did-you-mean.ts'
import { UserError } from '#lib/errors.ts'
import { DEFAULT_PROFILE, profileNames } from '#profiles/index.ts'
import { APP_OPTIONS, AppModules } from './app-module.ts'
import { type Command, readArguments } from './command.ts'
import { readProfileOption } from './profile-file.ts'

const OPTIONS = { ...APP_OPTIONS, profile: { type: 'string' }, app: { type: 'string' } } as const

/** `ocs-mock openapi`: the OpenAPI document of what the fake answers. */
export const openapi: Command = {
  summary: 'print the OpenAPI document of what the fake answers',
  options: OPTIONS,
  help: `usage: ocs-mock openapi [OPTIONS]

Prints an OpenAPI 3.1 document: every operation in both versions and both formats, and the pages of apps.

      --app-module FILE   a module with apps of your own; may be given several times
      --openapi FILE      the openapi.json of an app; may be given several times
      --profile NAME      what is faked: ${profileNames.join(', ')} (default: ${DEFAULT_PROFILE})
      --app ID            only the operations of this app
  -h, --help              this text

exit codes: 0 printed, 2 could not
`,
  async run(args, io) {
    const { values } = readArguments('ocs-mock openapi', args, OPTIONS)
    const { catalogue, addedApps } = compose(await new AppModules(values).read())
    const profile = withApps(await readProfileOption(values.profile), addedApps)
    const apps = new Set(['core', ...profile.apps.map(({ id }) => id)])
    const endpoints = (await catalogue.loadAll()).endpoints.filter((endpoint) => apps.has(endpoint.app))
    const { app } = values
    const wanted = app === undefined ? endpoints : endpoints.filter((endpoint) => endpoint.app === app)
    if (app !== undefined && wanted.length === 0) {
      const known = [...new Set(endpoints.map((endpoint) => endpoint.app))]
      throw new UserError(`Failed to find the app "${app}": no operation is one of it. ${didYouMean(app, known)}`)
    }
    io.out.write(`${JSON.stringify(openApiDocument({ endpoints: wanted }, profile), null, 2)}\n`)
    return 0
  },
}
