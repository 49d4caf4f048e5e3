// Sends one request again and again over some connections, for a while or for a number of times, and says how many
// answers came.
import { connect } from 'node:net'

const { port, request, connections, milliseconds = Infinity, times = Infinity } = JSON.parse(process.argv[2])

let answers = 0
let open = connections
const end = Date.now() + milliseconds

for (let i = 0; i < connections; i++) {
  const socket = connect(port, '127.0.0.1', () => socket.write(request))
  let seen = ''
  socket.setEncoding('latin1')
  socket.on('data', (chunk) => {
    seen += chunk
    const size = sizeOf(seen)
    if (size === null || seen.length < size) return
    seen = seen.slice(size)
    answers++
    if (Date.now() < end && answers < times) socket.write(request)
    else socket.end()
  })
  socket.on('close', () => {
    if (--open === 0) console.log(answers)
  })
}

/** Bytes of the answer at the beginning of the text; `null`: its head is not complete. */
function sizeOf(text) {
  const head = text.indexOf('\r\n\r\n')
  if (head < 0) return null
  const length = /\r\ncontent-length: (\d+)/i.exec(text.slice(0, head))
  if (!length) throw new Error('An answer without Content-Length.')
  return head + 4 + Number(length[1])
}
