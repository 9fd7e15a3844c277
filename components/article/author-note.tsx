import type { Author } from '#lib/content/article.ts'
import { toCoverImage } from '#lib/covers/cover-image.ts'
import { messagesFor } from '#lib/i18n/messages.ts'
import type { Locale } from '#lib/site/locales.ts'
import { compileBody, type FindPicture } from './compile-body.tsx'

/** Who an author is, above the list of their articles: portrait, role, biography, links. */
export async function AuthorNote({
  locale,
  author,
  siteUrl,
  resolvePath,
  findPicture,
}: {
  locale: Locale
  author: Author
  siteUrl: string
  resolvePath: (path: string) => string
  findPicture: FindPicture
}) {
  const { role, bio, body, links, picture } = author
  const { content } = await compileBody({ body, locale, siteUrl, resolvePath, findPicture })
  const image = picture && toCoverImage({ raw: picture }, 'portrait')
  return (
    <section className="author-note" aria-label={messagesFor(locale).aboutAuthor}>
      {image && <img className="author-portrait" {...image} alt="" />}
      <div className="prose">
        {role && <p className="author-role">{role}</p>}
        {bio && <p>{bio}</p>}
        {content}
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
