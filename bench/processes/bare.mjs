// The limit: node:http and nothing else, sending the answer that it was given.
import { createServer } from 'node:http'
import { reportUsage } from './usage.mjs'

const { status, headers, body } = JSON.parse(process.argv[2] ?? '{"status":200,"headers":[],"body":"ok"}')

const server = createServer((_request, response) => {
  response.statusCode = status
  for (const [name, value] of headers) response.setHeader(name, value)
  response.end(body)
})
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`))
reportUsage()
