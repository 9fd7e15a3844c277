import { messagesFor } from '#lib/i18n/messages.ts'
import type { Heading } from '#lib/markdown/rehype-house-style.ts'
import type { Locale } from '#lib/site/locales.ts'
import './article.css'

/** From this many main headings on, an article has a table of contents. */
const longArticle = 5

/** The main headings of a long article, as links; nothing for a short one. */
export function Contents({ locale, headings }: { locale: Locale; headings: Heading[] }) {
  const main = headings.filter(({ depth }) => depth === 2)
  if (main.length < longArticle) return undefined
  const { contents } = messagesFor(locale)
  return (
    <nav aria-label={contents} className="contents">
      <details open>
        <summary>{contents}</summary>
        <ol>
          {main.map(({ id, text }) => (
            <li key={id}>
              <a href={`#${encodeURIComponent(id)}`}>{text}</a>
            </li>
          ))}
        </ol>
      </details>
    </nav>
  )
}
