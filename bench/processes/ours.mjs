// The built server, as `ocs-mock serve` starts it.
import { serve } from '../../dist/server.js'
import { reportUsage } from './usage.mjs'

const server = await serve({ port: 0 })
console.log(server.url)
reportUsage()
