import type { PageIndex } from '#lib/article-index/article-index.ts'
import type { ArticleSummary } from '#lib/content/article.ts'
import type { Locale } from '#lib/site/locales.ts'
import { composeFrontPage } from './compose-front-page.ts'

/** As many as a screen and an e-mail have room for; fewer than the least, and older ones fill up. */
const size = { most: 7, least: 3 }

/** In ms, from the newest article back: the clock is not asked, so that a kept page stays right. */
const day = 24 * 3_600_000

/** The articles of the day, the weightiest first: what leads the front page, without what is older. */
export function chooseBriefing(
  index: Parameters<typeof composeFrontPage>[0] & Pick<PageIndex, 'listArticles'>,
  locale: Locale,
): ArticleSummary[] {
  const { breaking, lead, seconds, latest } = composeFrontPage(index, locale)
  const ranked = [...breaking, ...(lead ? [lead] : []), ...seconds, ...latest]
  const newestAt = Math.max(...ranked.map(({ publishedAt }) => Date.parse(publishedAt)))
  const isOfToday = ({ publishedAt }: ArticleSummary) => newestAt - Date.parse(publishedAt) < day
  const today = ranked.filter(isOfToday)
  const others = ranked.filter((article) => !isOfToday(article))
  return [...today, ...others.slice(0, Math.max(0, size.least - today.length))].slice(0, size.most)
}
