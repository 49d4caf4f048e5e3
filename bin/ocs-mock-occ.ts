#!/usr/bin/env node
process.argv.splice(2, 0, 'occ', '--')
await import('./ocs-mock.ts')
