/** A pause in typing, in ms, after which the search is asked. */
const pauseInTyping = 160

const hitLinks = '.search-hits .teaser-title a'

/**
 * Answers the search while its form is filled in: fetches the page of each question and takes over the
 * parts of it that depend on the question. The question stands in the address and in the links to other
 * languages. An answer that is overtaken by another question is thrown away. What is typed in one go is
 * one step of the browser's history; a question that is sent or chosen is a step of its own.
 *
 * When the search does not answer, the form and the links are left to the browser.
 */
export function start(view: HTMLElement): void {
  const form = view.querySelector('form')
  const field = view.querySelector<HTMLInputElement>('input[type=search]')
  const status = view.querySelector<HTMLElement>('[data-part=status]')
  if (!form || !field || !status) return
  let underWay = new AbortController()
  let timer = 0
  let isStep = true
  let hasFailed = false

  /** With `fills` the question did not come from the form, which takes it over. */
  async function ask(path: string, { step = false, fills = false } = {}): Promise<void> {
    clearTimeout(timer)
    underWay.abort()
    underWay = new AbortController()
    const { signal } = underWay
    if (path !== location.pathname + location.search) {
      if (step || isStep) history.pushState(undefined, '', path)
      else history.replaceState(undefined, '', path)
    }
    isStep = step
    if (fills) fill(form)
    pointLanguageLinks()
    view.ariaBusy = 'true'
    try {
      const response = await fetch(path, { signal })
      if (!response.ok) throw new Error()
      const page = new DOMParser().parseFromString(await response.text(), 'text/html')
      if (signal.aborted) return
      takeOver(page, view, fills)
      hasFailed = false
    } catch {
      if (signal.aborted) return
      hasFailed = true
      if (status) status.textContent = view.dataset.unreachable ?? ''
    }
    view.ariaBusy = null
  }

  async function follow(link: HTMLAnchorElement): Promise<void> {
    await ask(link.pathname + link.search, { step: true, fills: true })
    // The focus stays where the reader has moved it. A link that is no longer there has left it to the page.
    if (document.activeElement !== link && document.activeElement !== document.body) return
    const target = status?.textContent ? status : field
    target?.focus()
  }

  form.addEventListener('input', ({ target }) => {
    if (target !== field) return
    clearTimeout(timer)
    underWay.abort()
    timer = window.setTimeout(() => ask(toPath(form)), pauseInTyping)
  })
  form.addEventListener('change', ({ target }) => {
    if (target !== field) void ask(toPath(form), { step: true })
  })
  form.addEventListener('submit', (event) => {
    if (hasFailed) return
    event.preventDefault()
    void ask(toPath(form), { step: true })
  })
  view.addEventListener('click', (event) => {
    const link = findSearchLink(event, new URL(form.action).pathname)
    if (!link || hasFailed) return
    event.preventDefault()
    void follow(link)
  })
  view.addEventListener('keydown', (event) => {
    if (hasModifier(event)) return
    if (event.key === 'Escape' && event.target === field && field.value) {
      event.preventDefault()
      field.value = ''
      void ask(toPath(form), { step: true })
    } else moveThroughHits(event, view, field)
  })
  const askAddress = () => ask(location.pathname + location.search, { step: true, fills: true })
  addEventListener('popstate', askAddress)
  view.dataset.live = ''
  // Where the reader has gone, and what was typed, before this module came.
  const [opened] = performance.getEntriesByType('navigation')
  if (opened && new URL(opened.name).search !== location.search) void askAddress()
  else if (field.value.trim() !== field.defaultValue) void ask(toPath(form))
}

/** The address of what the form asks, without the fields that ask nothing. */
function toPath(form: HTMLFormElement): string {
  const query = new URLSearchParams()
  for (const [name, value] of new FormData(form)) {
    const text = typeof value === 'string' ? value.trim() : ''
    const field = form.elements.namedItem(name)
    const usual = field instanceof HTMLElement ? field.dataset.usual : undefined
    if (text !== '' && text !== usual) query.append(name, text)
  }
  return toAddress(new URL(form.action).pathname, query)
}

const toAddress = (path: string, query: URLSearchParams) =>
  String(query) ? `${path}?${query}` : path

function takeOver(page: Document, view: HTMLElement, fills: boolean): void {
  for (const part of view.querySelectorAll<HTMLElement>('[data-part]')) {
    const other = page.querySelector(`.search [data-part="${part.dataset.part}"]`)
    if (!other) throw new Error()
    // A text that stays the same is not announced again.
    if (part.innerHTML !== other.innerHTML) part.replaceChildren(...other.childNodes)
  }
  for (const select of view.querySelectorAll('select')) {
    const other = page.querySelector<HTMLSelectElement>(`select[name="${select.name}"]`)
    const value = fills ? other?.value : select.value
    // With how much each choice would find now.
    select.replaceChildren(...(other?.childNodes ?? []))
    select.value = value ?? ''
  }
  // What a reader opened is never closed.
  const fold = view.querySelector('details')
  if (fold && page.querySelector('.search details[open]')) fold.open = true
  document.title = page.title
}

/** Has the form ask what the address asks, at once: more may be typed before the answer comes. */
function fill(form: HTMLFormElement | null): void {
  const query = new URLSearchParams(location.search)
  for (const field of form?.querySelectorAll<HTMLInputElement | HTMLSelectElement>('[name]') ??
    []) {
    field.value = query.get(field.name) ?? field.dataset.usual ?? ''
  }
}

/**
 * Has the links to other languages lead to the same question there. Who asks for articles in the
 * language of the page goes on to those in the language of the other.
 */
function pointLanguageLinks(): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement>('.languages a')) {
    const query = new URLSearchParams(location.search)
    query.delete('page')
    query.delete('lang', link.hreflang)
    link.setAttribute('href', toAddress(link.pathname, query))
  }
}

const hasModifier = ({ altKey, ctrlKey, metaKey, shiftKey }: KeyboardEvent | MouseEvent) =>
  altKey || ctrlKey || metaKey || shiftKey

/** The link to another question that a click follows. A click for a new tab is the browser's. */
function findSearchLink(event: MouseEvent, pathname: string): HTMLAnchorElement | undefined {
  const { target, button } = event
  if (button !== 0 || hasModifier(event)) return undefined
  const link = target instanceof Element ? target.closest('a') : null
  return link?.origin === location.origin && link.pathname === pathname ? link : undefined
}

/**
 * Arrows go from the field to the results, through them and back; Escape goes back at once. Enter on a
 * result is the link's own.
 */
function moveThroughHits(event: KeyboardEvent, view: HTMLElement, field: HTMLElement): void {
  const stops = [field, ...view.querySelectorAll<HTMLElement>(hitLinks)]
  const at = event.target instanceof HTMLElement ? stops.indexOf(event.target) : -1
  const { key } = event
  const isBack = at > 0 && (key === 'ArrowUp' || key === 'Escape')
  const next = isBack
    ? stops[key === 'Escape' ? 0 : at - 1]
    : at >= 0 && key === 'ArrowDown'
      ? stops[at + 1]
      : undefined
  if (!next) return
  event.preventDefault()
  next.focus()
}
