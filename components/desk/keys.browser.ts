/**
 * The keyboard: j and k go through the rows of lists, Enter opens one; on the page of one article, a
 * goes to approving, r to the reason of a rejection, m to the note for the model, e opens the editor, n
 * the next draft. A single letter never changes anything by itself: it moves the focus, and Enter acts.
 * Which row one was at is kept in this window.
 */
export function setUpKeys(): void {
  const rows = Array.from(document.querySelectorAll<HTMLElement>('[data-keys] > li'))
  const links = rows.flatMap((row) => row.querySelector<HTMLAnchorElement>('a') ?? [])
  const place = `desk row ${location.pathname}`
  const hint = document.querySelector<HTMLElement>('[data-keys-hint]')
  if (hint) hint.hidden = links.length === 0

  function go(step: number): void {
    const { activeElement } = document
    const current = activeElement instanceof HTMLAnchorElement ? links.indexOf(activeElement) : -1
    const before = current === -1 ? Number(sessionStorage.getItem(place) ?? -1) : current
    const next = Math.max(0, Math.min(links.length - 1, before + step))
    sessionStorage.setItem(place, String(next))
    links[next]?.focus()
  }

  document.addEventListener('keydown', (event) => {
    const { target, key } = event
    const isTyping = target instanceof HTMLElement && isField(target)
    if (isTyping || event.ctrlKey || event.metaKey || event.altKey) return
    if (key === 'j' || key === 'k') {
      if (links.length === 0) return
      event.preventDefault()
      go(key === 'j' ? 1 : -1)
      return
    }
    const named = /^[a-z]$/.test(key)
      ? document.querySelector<HTMLElement>(`[data-key="${key}"]`)
      : undefined
    if (!named) return
    event.preventDefault()
    if (named instanceof HTMLAnchorElement) named.click()
    else named.focus()
  })
}

const isField = (element: HTMLElement) =>
  element.matches('input:not([type=radio], [type=checkbox]), textarea, select') ||
  element.isContentEditable

/** Keeps what is typed into a form in this window until it is sent, so that a reload loses nothing. */
export function keepForms(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-kept]')) {
    const place = `desk form ${form.action}`
    const fields = form.querySelectorAll<HTMLTextAreaElement>('textarea')
    for (const field of fields) {
      const kept = sessionStorage.getItem(`${place} ${field.name}`)
      if (kept !== null && field.value === field.defaultValue) field.value = kept
      field.addEventListener('input', () =>
        sessionStorage.setItem(`${place} ${field.name}`, field.value),
      )
    }
    form.addEventListener('submit', () => {
      for (const { name } of fields) sessionStorage.removeItem(`${place} ${name}`)
    })
  }
}
