import { hasVoice } from './voices.browser.ts'

/** Sharing and listening, as far as this browser can. */
export async function start(tools: HTMLElement): Promise<void> {
  const find = (name: string) => tools.querySelector<HTMLButtonElement>(`[data-tool="${name}"]`)
  startSharing(find('share'))
  startCopying(find('copy'), tools)
  await startListening(find('listen'), find('stop'))
}

/** The address to share, without query and fragment. */
const pageAddress = () => location.origin + location.pathname

function startSharing(button: HTMLButtonElement | null): void {
  if (!button || !('share' in navigator)) return
  button.hidden = false
  button.addEventListener('click', () => {
    const title = document.querySelector('h1')?.textContent ?? document.title
    // Rejects when the reader changes their mind.
    navigator.share({ title, url: pageAddress() }).catch(() => undefined)
  })
}

function startCopying(button: HTMLButtonElement | null, tools: HTMLElement): void {
  if (!button || !('clipboard' in navigator)) return
  const status = tools.querySelector('[role="status"]')
  let timer = 0
  button.hidden = false
  button.addEventListener('click', async () => {
    const isCopied = await navigator.clipboard.writeText(pageAddress()).then(
      () => true,
      () => false,
    )
    if (status) status.textContent = (isCopied ? button.dataset.done : button.dataset.failed) ?? ''
    clearTimeout(timer)
    timer = window.setTimeout(() => {
      if (status) status.textContent = ''
    }, 4000)
  })
}

async function startListening(
  button: HTMLButtonElement | null,
  stop: HTMLButtonElement | null,
): Promise<void> {
  if (!button || !stop || !(await hasVoice(document.documentElement.lang))) return
  button.hidden = false
  button.addEventListener(
    'click',
    async () => {
      const { createListening } = await import('./listening.browser.ts')
      createListening(button, stop).toggle()
    },
    { once: true },
  )
}
