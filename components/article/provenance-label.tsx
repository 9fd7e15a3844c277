import type { AiProvenance } from '#lib/content/article.ts'
import { messagesFor } from '#lib/i18n/messages.ts'
import type { Locale } from '#lib/site/locales.ts'

/** The plain label on a text that a model wrote or translated; nothing on any other. */
export function ProvenanceLabel({ locale, ai }: { locale: Locale; ai: AiProvenance | undefined }) {
  const messages = messagesFor(locale)
  const labels = [
    ai?.rewritten && messages.aiRewritten,
    ai?.translatedFrom && messages.aiTranslated,
  ].filter((label) => typeof label === 'string')
  return labels.map((label) => (
    <span key={label} className="provenance">
      {label}
    </span>
  ))
}
