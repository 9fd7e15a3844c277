import { SaveIcon } from './save-icon.tsx'

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
