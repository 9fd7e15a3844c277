/**
 * Saves an article in the browser. It has no use without its module, which also gives it its name,
 * and is not shown before (`needs-script`). `label` is for places with room.
 */
export function SaveButton({ label }: { label?: string }) {
  return (
    <button type="button" className="save-button tool needs-script" aria-pressed="false">
      <SaveIcon />
      {label && <span>{label}</span>}
    </button>
  )
}

/** A bookmark. */
export function SaveIcon() {
  return (
    <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      <path d="M3.5 1.5h9v13L8 11l-4.5 3.5z" />
    </svg>
  )
}
