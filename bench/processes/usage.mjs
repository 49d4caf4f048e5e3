// Answers each message of the parent with the CPU microseconds and the memory of this process: with --expose-gc, what
// is left of it after a collection.
export function reportUsage() {
  process.on('message', () => {
    const { user, system } = process.cpuUsage()
    globalThis.gc?.()
    const { heapUsed, rss } = process.memoryUsage()
    process.send({ microseconds: user + system, heap: heapUsed, rss })
  })
}
