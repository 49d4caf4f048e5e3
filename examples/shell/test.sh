#!/usr/bin/env bash
# A script that is tested against a fake: start, ask with curl, change with occ, look at what was asked, stop.
set -euo pipefail

# npm puts ocs-mock into the PATH of its scripts. The first line that the server writes is its address.
exec 3< <(exec ocs-mock serve --port 0 --quiet --seed seed.yaml)
server=$!
trap 'kill "$server"' EXIT
read -r url <&3
export OCS_MOCK_URL=$url

expect() {
  if [[ "$2" == *"$3"* ]]; then echo "ok: $1"; else echo "FAILED: $1: expected $3, got $2" >&2; exit 1; fi
}
ask() {
  curl --silent --show-error --user alice:alice --header 'OCS-APIRequest: true' --header 'Accept: application/json' "$url$1"
}

expect 'alice has her name' "$(ask /ocs/v2.php/cloud/user)" '"displayname":"Alice Adams"'

ocs-mock occ group:adduser staff alice
expect 'occ changes what the API answers' "$(ask /ocs/v2.php/cloud/users/alice/groups)" '"groups":["staff"]'

ocs-mock occ user:disable alice
expect 'a disabled account is refused' "$(ask /ocs/v2.php/cloud/user)" '"statuscode":997'

count=$(curl --silent --request POST "$url/__admin/requests/count" --json '{"actor": "alice"}' 2>/dev/null)
expect 'the journal knows who asked' "$count" '"count":2'

curl --silent --show-error --request POST "$url/__admin/reset" > /dev/null
expect 'everything is as it was' "$(ask /ocs/v2.php/cloud/users/alice/groups)" '"groups":[]'
