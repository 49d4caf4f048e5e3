// Where a cold start goes: milliseconds of CPU up to the end of each phase, as one line of JSON.
import { get } from 'node:http'

const spent = () => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}
const phases = [['Node and its HTTP', spent()]]
const { serve } = await import('../../dist/server.js')
phases.push(['reading, compiling and running the code', spent()])
const server = await serve({ port: 0, onNotBuilt() {} })
phases.push(['the world of a fresh installation, and listening', spent()])
const headers = { Authorization: `Basic ${btoa('admin:admin')}`, 'OCS-APIRequest': 'true' }
const ask = () =>
  new Promise((resolve) => {
    get(`${server.url}/ocs/v2.php/cloud/capabilities?format=json`, { headers }, (response) => {
      response.resume()
      response.on('end', resolve)
    })
  })
await ask()
phases.push(['the first answer, with what it loads (its client included)', spent()])
await ask()
phases.push(['the second answer', spent()])
console.log(JSON.stringify(phases))
process.exit(0)
