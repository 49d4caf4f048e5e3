// Answers each message of the parent with the CPU microseconds and the heap of this process.
export function reportUsage() {
  process.on('message', () => {
    const { user, system } = process.cpuUsage()
    process.send({ microseconds: user + system, heap: process.memoryUsage().heapUsed })
  })
}
