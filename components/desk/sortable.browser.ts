/**
 * Lists that can be put in order by dragging. The form sends its rows in the order in which they stand;
 * without a script, or by the keyboard, there are buttons.
 */
export function setUpSorting(): void {
  for (const list of document.querySelectorAll<HTMLElement>('[data-sortable]')) {
    let dragged: HTMLElement | undefined
    list.addEventListener('dragstart', ({ target }) => {
      dragged = target instanceof HTMLElement ? target : undefined
      dragged?.classList.add('dragged')
    })
    list.addEventListener('dragend', () => {
      dragged?.classList.remove('dragged')
      dragged = undefined
    })
    list.addEventListener('dragover', (event) => {
      const row = event.target instanceof Element ? event.target.closest('li') : null
      if (!dragged || !row || row === dragged || row.parentElement !== list) return
      event.preventDefault()
      const { top, height } = row.getBoundingClientRect()
      row.insertAdjacentElement(
        event.clientY < top + height / 2 ? 'beforebegin' : 'afterend',
        dragged,
      )
    })
    list.addEventListener('drop', (event) => event.preventDefault())
  }
}
