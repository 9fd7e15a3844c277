import type { BrowserContext, Page } from '@playwright/test'

/** A device with a voice of its own; what the page gives it to say is recorded in the page. */
export async function giveVoice(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const spoken: string[] = []
    class Utterance {
      lang = ''
      onend: (() => void) | undefined
      text: string
      constructor(text: string) {
        this.text = text
      }
    }
    const synthesis = {
      getVoices: () => ['en-GB', 'uk-UA'].map((lang) => ({ lang, localService: true })),
      speak: ({ lang, text }: Utterance) => spoken.push(`${lang}: ${text}`),
      cancel: () => spoken.push('cancel'),
      addEventListener() {},
    }
    Object.defineProperty(window, 'speechSynthesis', { value: synthesis })
    Object.assign(window, { SpeechSynthesisUtterance: Utterance, spoken })
  })
}

export const listSpoken = (page: Page) =>
  page.evaluate(() => ('spoken' in window ? String(window.spoken) : ''))
