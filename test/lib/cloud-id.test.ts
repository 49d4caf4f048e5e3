import { describe, expect, it } from 'vitest'
import { parseCloudId, readCloudId, withoutHttps } from '#lib/cloud-id.ts'

describe('a federated id', () => {
  it('is an account and a server, reached over https unless said otherwise', () => {
    expect(parseCloudId('a@b.example')).toEqual({ id: 'a@b.example', user: 'a', remote: 'https://b.example' })
    expect(parseCloudId('a@x.y@http://b.example:8080/nc/')?.remote).toBe('http://b.example:8080/nc')
    expect(parseCloudId('a@x.y@http://b.example:8080/nc/')?.user).toBe('a@x.y')
    expect(withoutHttps('https://b.example')).toBe('b.example')
  })

  it('loses what a copied link has behind it', () => {
    expect(parseCloudId('a@https://b.example/index.php/s/abc')?.id).toBe('a@https://b.example')
  })

  it.each([
    ['nobody', 'Invalid cloud id'],
    ['https://b.example/a@b', 'Invalid cloud id'],
    ['a@', 'Invalid cloud id'],
    ['a!@b.example', 'Invalid characters'],
    ['@b.example', 'Empty user'],
    [' a@b.example', 'User contains whitespace at the beginning or at the end'],
    ['..@b.example', 'User must not consist of dots only'],
    [`${'a'.repeat(250)}@b.example`, 'Cloud id is too long'],
  ])('is none in %s', (text, problem) => {
    expect(readCloudId(text)).toBe(problem)
    expect(parseCloudId(text)).toBeNull()
  })
})
