import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

/** Resolves when the module of a page has brought its tools to life. */
export const ready = (page: Page) => expect(page.locator('html')).toHaveAttribute('data-tools', '')

/** What axe finds, in a line each. */
export async function findBarriers(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)
}
