// What requests and worlds cost with a few and with very many accounts.
import { createOcsMock } from '../../dist/core.js'

const BASE = 'https://cloud.example.com/ocs/v2.php'
const headers = { Authorization: `Basic ${btoa('admin:admin')}`, 'OCS-APIRequest': 'true' }
const { sizes } = JSON.parse(process.argv[2])

const ASKED = {
  'one account': '/cloud/users/user042',
  'a page of accounts': '/cloud/users?limit=50&offset=20',
  'a search': '/cloud/users?search=user04&limit=20',
  'a search that finds nothing': '/cloud/users?search=zq&limit=20',
  "one's groups": '/cloud/users/user042/groups',
  'members of a group': '/cloud/groups/few/users',
}

/** What looks for people in several places at once, or counts them. */
const ASKED_SELDOM = {
  'whom to share with': '/apps/files_sharing/api/v1/sharees?search=user04&itemType=file&perPage=20',
  'whom to share with, and nobody is': '/apps/files_sharing/api/v1/sharees?search=zq&itemType=file&perPage=20',
  'the first to share with': '/apps/files_sharing/api/v1/sharees?itemType=file&perPage=20',
  'a name that is completed': '/core/autocomplete/get?search=user04&limit=10',
  'a search among people': '/search/providers/users/search?term=user04',
  'what the server says of itself': '/apps/serverinfo/api/v1/info',
}

function seedOf(size) {
  const users = []
  for (let i = 0; i < size; i++) {
    const id = `user${String(i).padStart(3, '0')}`
    users.push({ id, password: id, groups: i < 10 ? ['few'] : ['all'] })
  }
  return { users }
}

async function microseconds(times, act) {
  for (let i = 0; i < times; i++) await act(i)
  const rounds = []
  for (let round = 0; round < 7; round++) {
    const before = process.cpuUsage()
    for (let i = 0; i < times; i++) await act(i)
    const { user, system } = process.cpuUsage(before)
    rounds.push((user + system) / times)
  }
  return rounds.sort((a, b) => a - b)[3]
}

const measured = {}
for (const size of sizes) {
  const ocs = createOcsMock({ seed: seedOf(size) })
  const times = {}
  for (const [asked, count] of [
    [ASKED, 200],
    [ASKED_SELDOM, 40],
  ]) {
    for (const [name, path] of Object.entries(asked)) {
      times[name] = await microseconds(count, async () => {
        const response = await ocs.fetch(BASE + path, { headers })
        if (response.status !== 200) throw new Error(`${path}: ${await response.text()}`)
        await response.text()
      })
    }
  }
  times['a change of one account'] = await microseconds(200, async (i) => {
    const body = new URLSearchParams({ key: 'displayname', value: `Name ${i}` })
    await ocs.fetch(`${BASE}/cloud/users/user042`, { method: 'PUT', headers, body })
  })
  times.fork = await microseconds(50, () => ocs.fork())
  times.reset = await microseconds(50, () => ocs.reset())
  measured[size] = times
}
console.log(JSON.stringify(measured))
