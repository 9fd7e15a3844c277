import { Instant } from '#components/text/instant.tsx'
import type { ArticleSummary } from '#lib/content/article.ts'
import { messagesFor } from '#lib/i18n/messages.ts'
import { typeset } from '#lib/i18n/typeset.ts'
import type { Locale } from '#lib/site/locales.ts'
import { articlePath } from '#lib/site/routes.ts'

/**
 * Who reported what of a story, and when, from the first report on. Sources have a column only where a
 * report names one, tone and figures only where the reports differ in them.
 */
export function StoryReports({ locale, articles }: { locale: Locale; articles: ArticleSummary[] }) {
  const messages = messagesFor(locale)
  const { story, sentiments } = messages
  const reports = articles
    .toSorted((a, b) => (a.publishedAt < b.publishedAt ? -1 : 1))
    .map((article) => ({
      article,
      tone: article.sentiment ? sentiments[article.sentiment] : '',
      figures: listFigures(`${article.title}\n${article.description}`),
      sources: [article.source, ...article.alsoReportedBy].flatMap((source) => source?.name ?? []),
    }))
  const hasSources = reports.some(({ sources }) => sources.length > 0)
  const hasTone = differ(reports.map(({ tone }) => tone))
  const hasFigures = differ(reports.map(({ figures }) => figures.toSorted().join('\n')))
  return (
    <section className="story-reports" aria-labelledby="_reports">
      <h2 id="_reports" className="section-title">
        {story.reports}
      </h2>
      <table>
        <thead>
          <tr>
            <th scope="col">{story.when}</th>
            <th scope="col">{story.article}</th>
            {hasSources && <th scope="col">{story.reportedBy}</th>}
            {hasTone && <th scope="col">{messages.sentiment}</th>}
            {hasFigures && <th scope="col">{story.figures}</th>}
          </tr>
        </thead>
        <tbody>
          {reports.map(({ article: { slug, title, publishedAt }, tone, figures, sources }) => (
            <tr key={slug}>
              <td className="story-when">
                <Instant locale={locale} at={publishedAt} format="day-time" />
              </td>
              <th scope="row">
                <a href={articlePath(locale, slug)}>{typeset(locale, title)}</a>
              </th>
              {hasSources && <td>{sources.join(', ')}</td>}
              {hasTone && <td>{tone}</td>}
              {hasFigures && <td>{figures.join('; ')}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

const differ = (values: string[]) => new Set(values).size > 1

const unit =
  'million|billion|trillion|thousand|percent|bitcoins?|ether|ETH|BTC|млн|млрд|трлн|тис\\.?|відсотк\\p{L}*'
const figure = new RegExp(
  `[$€£₴]\\s?\\d[\\d.,]*(?:[\\s\\u00a0]?(?:${unit}|[kmb]n?\\b))?` +
    `|\\d(?:[\\d.,]|[\\s\\u00a0]\\d{3}(?!\\d))*[\\s\\u00a0]?(?:%|(?:${unit})(?![\\p{L}\\p{N}])(?:[\\s\\u00a0](?:доларів|євро|гривень|dollars|euros))?)`,
  'giu',
)

/** Sums, shares and amounts of coins as a text has them, each once and on one line. */
export function listFigures(text: string): string[] {
  const found = Array.from(text.matchAll(figure), ([written]) =>
    written.replace(/[\s\u00a0]+/g, '\u00a0').replace(/[.,]+$/, ''),
  )
  return [...new Set(found)]
}
