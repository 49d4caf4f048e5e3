import * as exApps from '#world/exapps/exapps.ts'
import { count, type ProcessingTask, preferredProvider } from '#world/processing/tasks.ts'
import { type ExAppClient, requestToExApp } from './client.ts'

/**
 * Tell the ExApp that does a new task's kind that there is something to do, unless it is at work on that kind already.
 * Whether it listens does not matter.
 */
export async function triggerProvider(client: ExAppClient, task: ProcessingTask): Promise<void> {
  const provider = preferredProvider(client.world, task.type)
  const exApp = provider?.exApp ? exApps.find(client.world, provider.exApp) : undefined
  if (!provider || !exApp || count(client.world, 'RUNNING', [task.type]) > 0) return
  await requestToExApp(client, exApp, `/trigger?${new URLSearchParams({ providerId: provider.id })}`)
}
