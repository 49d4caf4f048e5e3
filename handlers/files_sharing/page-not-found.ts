import type { Answer } from '#line/call.ts'

/** The page with which files_sharing answers where a file was lost on the way, also below `/ocs`. */
export function pageNotFound(): Answer {
  return {
    status: 404,
    headers: [['Content-Type', 'text/html; charset=UTF-8']],
    body: '<!DOCTYPE html>\n<html><head><title>Nextcloud</title></head><body><h2>Page not found</h2></body></html>\n',
  }
}
