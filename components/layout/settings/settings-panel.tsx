import { messagesFor } from '#lib/i18n/messages.ts'
import type { Locale } from '#lib/site/locales.ts'

/** How pages look to this reader. A popover: the browser opens it, closes it and holds the focus. */
export function SettingsPanel({ locale }: { locale: Locale }) {
  const { tools } = messagesFor(locale)
  return (
    <>
      <button
        type="button"
        className="masthead-tool settings-button needs-script"
        popoverTarget="_settings"
        aria-label={tools.settings}
        title={tools.settings}
      >
        <span aria-hidden="true" className="settings-mark" />
      </button>
      <div id="_settings" popover="auto" className="settings">
        <Choice name="_theme" legend={tools.theme} words={tools.themes} />
        <Choice name="_text" legend={tools.textSize} words={tools.textSizes} />
        <label className="settings-keys">
          <input type="checkbox" name="_keys" value="on" />
          {tools.keys}
        </label>
        <p>{tools.keysHint}</p>
      </div>
    </>
  )
}

function Choice({
  name,
  legend,
  words,
}: {
  name: string
  legend: string
  words: Record<string, string>
}) {
  return (
    <fieldset>
      <legend>{legend}</legend>
      {Object.entries(words).map(([value, word]) => (
        <label key={value}>
          <input type="radio" name={name} value={value} />
          {word}
        </label>
      ))}
    </fieldset>
  )
}
