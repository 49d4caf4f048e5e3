// The built server, as `ocs-mock serve` starts it, but silent.
import { serve } from '../../dist/server.js'
import { reportUsage } from './usage.mjs'

const server = await serve({ port: 0, onNotBuilt() {} })
console.log(server.url)
reportUsage()
