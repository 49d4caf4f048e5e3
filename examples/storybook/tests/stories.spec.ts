import { expect, test } from '@playwright/test'

const story = (id: string) => `/iframe.html?viewMode=story&id=grouplist--${id}`

test('an administrator sees the groups of the story', async ({ page }) => {
  await page.goto(story('for-an-administrator'))
  await expect(page.getByRole('heading')).toHaveText('Groups, for admin')
  await expect(page.getByRole('listitem')).toHaveText(['admin', 'readers', 'staff'])
})

test('anybody else sees that the server says no', async ({ page }) => {
  await page.goto(story('for-anybody-else'))
  await expect(page.getByRole('heading')).toHaveText('Groups, for Bob')
  await expect(page.getByText('The server answers 403.')).toBeVisible()
  await expect(page.getByRole('listitem')).toHaveCount(0)
})
