/** A bookmark. */
export function SaveIcon() {
  return (
    <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      <path d="M3.5 1.5h9v13L8 11l-4.5 3.5z" />
    </svg>
  )
}
