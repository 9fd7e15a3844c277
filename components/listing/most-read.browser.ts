/**
 * Fills the list of what is read most, as long as it is below the screen: nothing that a reader sees
 * moves. Where too little was read there is none.
 */
export async function start(section: HTMLElement): Promise<void> {
  const { address = '' } = section.dataset
  const list = section.querySelector('ol')
  const isBelow = () => (section.parentElement?.getBoundingClientRect().bottom ?? 0) > innerHeight
  if (!list || !isBelow()) return
  const response = await fetch(address)
  const answer: unknown = response.ok ? await response.json() : []
  const rows = (Array.isArray(answer) ? answer : []).flatMap(toRow)
  if (rows.length === 0 || !isBelow()) return
  list.replaceChildren(...rows)
  section.hidden = false
}

/** An answer is a list of pairs: a path of this site, and a headline. */
function toRow(given: unknown): HTMLLIElement[] {
  if (!Array.isArray(given)) return []
  const [path, title]: unknown[] = given
  if (typeof path !== 'string' || typeof title !== 'string' || !/^\/(?!\/)/.test(path)) return []
  const [row, link] = [document.createElement('li'), document.createElement('a')]
  link.href = path
  link.textContent = title
  row.append(link)
  return [row]
}
