import { getCurrentUser } from '@nextcloud/auth'
import axios from '@nextcloud/axios'
import { generateOcsUrl } from '@nextcloud/router'

const find = (selector) => document.querySelector(selector)

/** Show the groups of the server. */
async function showGroups() {
  const { data } = await axios.get(generateOcsUrl('cloud/groups'))
  const items = data.ocs.data.groups.map((group) => {
    const item = document.createElement('li')
    item.textContent = group
    return item
  })
  find('ul').replaceChildren(...items)
}

find('h1').textContent = `Groups, for ${getCurrentUser().displayName}`
find('time').textContent = new Date().toISOString().slice(0, 10)
find('form').addEventListener('submit', async (event) => {
  event.preventDefault()
  const groupid = find('form input').value
  try {
    await axios.post(generateOcsUrl('cloud/groups'), { groupid })
    find('[role=status]').textContent = `Created ${groupid}.`
    await showGroups()
  } catch (error) {
    find('[role=status]').textContent = `Not created: ${error.response?.status ?? error.message}`
  }
})
await showGroups()
