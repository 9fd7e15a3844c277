import { messagesFor } from '#lib/i18n/messages.ts'
import type { Locale } from '#lib/site/locales.ts'

/** The publishing principles, for people. */
export function AboutView({ locale }: { locale: Locale }) {
  const { aboutTitle, aboutIntro, principles } = messagesFor(locale)
  return (
    <article className="article">
      <header className="article-header">
        <h1>{aboutTitle}</h1>
        <p className="standfirst">{aboutIntro}</p>
      </header>
      <div className="prose">
        {principles.map(({ title, text }) => (
          <section key={title}>
            <h2>{title}</h2>
            <p>{text}</p>
          </section>
        ))}
      </div>
    </article>
  )
}
