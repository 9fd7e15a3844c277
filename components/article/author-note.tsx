import type { Author } from '#lib/content/article.ts'
import { toCoverImage } from '#lib/covers/cover-image.ts'
import { messagesFor } from '#lib/i18n/messages.ts'
import type { Locale } from '#lib/site/locales.ts'
import { Prose } from './prose.tsx'
import './article.css'

/**
 * Who an author is, above the list of their articles: portrait, role, biography, links. `html` is the
 * body of the author's file.
 */
export function AuthorNote({
  locale,
  author,
  html,
}: {
  locale: Locale
  author: Author
  html: string
}) {
  const { role, bio, links, picture } = author
  const image = picture && toCoverImage({ raw: picture }, 'portrait')
  return (
    <section className="author-note" aria-label={messagesFor(locale).aboutAuthor}>
      {image && <img className="author-portrait" {...image} alt="" />}
      <div className="prose">
        {role && <p className="author-role">{role}</p>}
        {bio && <p>{bio}</p>}
        {html !== '' && <Prose html={html} />}
        {links.length > 0 && (
          <ul>
            {links.map(({ name, url }) => (
              <li key={url}>
                <a href={url} rel="me nofollow noopener">
                  {name}
                </a>
              </li>
            ))}
          </ul>
        )}
      </div>
    </section>
  )
}
