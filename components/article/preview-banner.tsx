import type { ArticleSummary } from '#lib/content/article.ts'
import { formatDateTime } from '#lib/i18n/format.ts'
import { type Messages, messagesFor } from '#lib/i18n/messages.ts'
import './article.css'

/** The banner over a preview: why the article is not published, for a draft with its `draftReason`. */
export function PreviewBanner({
  article: { locale, publishedAt, draftReason },
  reason,
}: {
  article: ArticleSummary
  reason: keyof Messages['previewReasons']
}) {
  const { previewTitle, previewReasons } = messagesFor(locale)
  return (
    <p className="preview-banner">
      <strong>{previewTitle}</strong>{' '}
      {reason === 'scheduled'
        ? previewReasons.scheduled(formatDateTime(locale, publishedAt))
        : previewReasons[reason]}
      {reason === 'draft' && draftReason ? ` ${draftReason}` : undefined}
    </p>
  )
}
