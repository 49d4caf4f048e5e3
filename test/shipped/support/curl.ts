/** What curl would do with these words; not every machine has curl. */
export async function curl(words: readonly string[]): Promise<{ status: number; text: string }> {
  const init: { method?: string; headers: Record<string, string>; body?: string } = { headers: {} }
  let url = ''
  const rest = words.slice(1)
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === '-u') init.headers.Authorization = `Basic ${btoa(rest.shift()!)}`
    else if (word === '-X') init.method = rest.shift()!
    else if (word === '-H') {
      const [name, value] = rest.shift()!.split(': ')
      init.headers[name!] = value!
    } else if (word === '-d') {
      init.body = rest.shift()!
      init.headers['Content-Type'] ??= 'application/x-www-form-urlencoded'
    } else if (word.startsWith('-')) throw new Error(`This test does not know what curl does with ${word}.`)
    else url = word
  }
  const response = await fetch(url, init)
  return { status: response.status, text: await response.text() }
}
