import {
  browserSupportsWebAuthn,
  startAuthentication,
  startRegistration,
} from '@simplewebauthn/browser'

/** What the two buttons do: what the browser asks, where the answer goes, what follows. */
const ceremonies = {
  'sign-in': {
    answer: '/desk/sign-in',
    run: async () => startAuthentication({ optionsJSON: await ask('/desk/sign-in/options') }),
    next: '/desk',
  },
  add: {
    answer: '/desk/account/passkeys',
    run: async () =>
      startRegistration({ optionsJSON: await ask('/desk/account/passkeys/options') }),
    next: '/desk/account',
  },
}

/** Brings the buttons for passkeys to life, where the browser has them. */
export function setUpPasskeys(): void {
  const button = document.querySelector<HTMLButtonElement>('[data-passkey]')
  if (!button || !browserSupportsWebAuthn()) return
  button.hidden = false
  const ceremony = ceremonies[button.dataset.passkey === 'add' ? 'add' : 'sign-in']
  const problem = document.querySelector<HTMLElement>('[data-passkey-problem]')
  button.addEventListener('click', async () => {
    button.disabled = true
    if (problem) problem.hidden = true
    try {
      await ask(ceremony.answer, await ceremony.run())
      location.assign(ceremony.next)
    } catch (error) {
      // Who closes the browser's own dialogue has changed their mind, and knows it.
      const isCancelled = error instanceof Error && error.name === 'NotAllowedError'
      if (problem) problem.hidden = isCancelled
      button.disabled = false
    }
  })
}

/** Rejects when the answer is no success. */
async function ask(path: string, body: unknown = {}) {
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!response.ok) throw new Error(`${path} answered ${response.status}`)
  return await response.json()
}
