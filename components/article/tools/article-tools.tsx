import { SaveButton } from '#components/offline/save-button.tsx'
import type { ArticleSummary } from '#lib/content/article.ts'
import { messagesFor } from '#lib/i18n/messages.ts'
import { articlePath } from '#lib/site/routes.ts'
import '../article.css'

/**
 * Save, share, copy the link, listen. All of it is the browser's doing: what this browser cannot do
 * stays hidden, and the row keeps its height, so that nothing moves when the rest appears.
 */
export function ArticleTools({ article }: { article: ArticleSummary }) {
  const { tools } = messagesFor(article.locale)
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for the fields of a form
    <div
      className="article-tools needs-script"
      role="group"
      aria-label={tools.articleTools}
      data-path={articlePath(article.locale, article.slug)}
    >
      <SaveButton label={tools.save} />
      <Tool
        name="share"
        label={tools.share}
        drawing="M8 10.5v-9M4.5 4.5 8 1l3.5 3.5M3 8v6.5h10V8"
      />
      <Tool
        name="copy"
        label={tools.copyLink}
        drawing="M7 9a3 3 0 0 0 4.2 0l2.4-2.4a3 3 0 0 0-4.2-4.2L8.5 3.3M9 7a3 3 0 0 0-4.2 0L2.4 9.4a3 3 0 0 0 4.2 4.2l.9-.9"
        data-done={tools.linkCopied}
        data-failed={tools.linkNotCopied}
      />
      <Tool
        name="listen"
        label={tools.listen}
        drawing="M1.5 6v4H4l4 3.5v-11L4 6zM10.5 5.5a4 4 0 0 1 0 5M12.5 3.5a7 7 0 0 1 0 9"
        data-play={tools.listen}
        data-pause={tools.pause}
        data-resume={tools.resume}
      />
      <Tool name="stop" label={tools.stop} drawing="M3 3h10v10H3z" />
      <span role="status" />
    </div>
  )
}

/** A button that its module shows where the browser can do it. `drawing` is a path of 16 by 16. */
function Tool({
  name,
  label,
  drawing,
  ...words
}: {
  name: string
  label: string
  drawing: string
  [word: `data-${string}`]: string
}) {
  return (
    <button type="button" className="tool" data-tool={name} title={label} hidden {...words}>
      <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
        <path d={drawing} />
      </svg>
      <span>{label}</span>
    </button>
  )
}
