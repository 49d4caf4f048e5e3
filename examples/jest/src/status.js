const STATUS = 'https://cloud.example.com/ocs/v2.php/apps/user_status/api/v1/user_status'
const headers = { 'OCS-APIRequest': 'true', Accept: 'application/json', 'Content-Type': 'application/json' }

/** What a status is, and how it is changed. */
export async function readStatus() {
  const { ocs } = await (await fetch(STATUS, { headers })).json()
  return ocs.data.status
}

export async function setStatus(statusType) {
  const init = { method: 'PUT', headers, body: JSON.stringify({ statusType }) }
  const { ocs } = await (await fetch(`${STATUS}/status`, init)).json()
  if (ocs.meta.statuscode !== 200) throw new Error(ocs.meta.message)
  return ocs.data.status
}
