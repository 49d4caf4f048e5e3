#!/usr/bin/env node
import { startServer } from '../src/adapters/node-server.ts'
import { ControlledMock } from '../src/control/controlled-mock.ts'
import { OcsMock } from '../src/mock.ts'

const port = Number(process.argv[process.argv.indexOf('--port') + 1] || 8080)
const server = await startServer(new ControlledMock(new OcsMock()), { port })
console.log(`listening on ${server.url}`)
