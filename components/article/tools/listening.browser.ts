import { findVoice } from './voices.browser.ts'

/** Some engines fall silent in the middle of longer utterances, in characters. */
const longestUtterance = 220

type Passage = { text: string; element: HTMLElement }

/**
 * Reads the article aloud: `button` plays, pauses and goes on, `stop` ends it. What is being read is
 * marked (`data-spoken`), and the page is not moved.
 */
export function createListening(
  button: HTMLButtonElement,
  stop: HTMLButtonElement,
): { toggle: () => void } {
  const language = document.documentElement.lang
  const passages = listPassages(language)
  let position = 0
  let state: 'idle' | 'playing' | 'paused' = 'idle'
  /** Utterances that were cancelled still end: only the last one counts. */
  let current: SpeechSynthesisUtterance | undefined

  function show(next: typeof state): void {
    state = next
    const words = { idle: button.dataset.play, playing: button.dataset.pause }
    const label = button.querySelector('span')
    const word = next === 'paused' ? button.dataset.resume : words[next]
    if (label) label.textContent = word ?? ''
    button.title = word ?? ''
    button.dataset.state = next
    stop.hidden = next === 'idle'
    if (next !== 'playing') return
    mark(passages[position]?.element)
  }

  function speak(): void {
    const passage = passages[position]
    if (!passage) {
      end()
      return
    }
    const utterance = new SpeechSynthesisUtterance(passage.text)
    const voice = findVoice(language)
    utterance.lang = voice?.lang ?? language
    if (voice) utterance.voice = voice
    utterance.onend = () => {
      if (utterance !== current || state !== 'playing') return
      position += 1
      speak()
    }
    utterance.onerror = () => {
      if (utterance === current && state === 'playing') end()
    }
    current = utterance
    show('playing')
    speechSynthesis.speak(utterance)
  }

  /** Pausing stops the speech, because several engines cannot resume. */
  function halt(next: 'idle' | 'paused'): void {
    current = undefined
    speechSynthesis.cancel()
    show(next)
  }

  function end(): void {
    halt('idle')
    position = 0
    mark(undefined)
  }

  const toggle = () => (state === 'playing' ? halt('paused') : speak())
  button.addEventListener('click', toggle)
  stop.addEventListener('click', () => {
    end()
    button.focus()
  })
  addEventListener('pagehide', end)
  return { toggle }
}

function mark(element: HTMLElement | undefined): void {
  for (const marked of document.querySelectorAll<HTMLElement>('[data-spoken]')) {
    if (marked !== element) delete marked.dataset.spoken
  }
  if (element) element.dataset.spoken = ''
}

/** What is read aloud: headline, standfirst, text; not tables, code and footnotes. */
function listPassages(language: string): Passage[] {
  const blocks = document.querySelectorAll<HTMLElement>(
    'h1, .standfirst, .prose :is(p, h2, h3, h4, li)',
  )
  return [...blocks]
    .filter((block) => !block.closest('.footnotes, table') && !block.querySelector('p'))
    .flatMap((element) => split(toText(element), language).map((text) => ({ text, element })))
}

function toText(element: HTMLElement): string {
  const copy = element.cloneNode(true)
  if (!(copy instanceof HTMLElement)) return ''
  for (const silent of copy.querySelectorAll('sup, pre, .visually-hidden, :is(ul, ol)')) {
    silent.remove()
  }
  return (copy.textContent ?? '').replace(/\s+/g, ' ').trim()
}

/** Sentences, several in one as long as they are short. */
function split(text: string, language: string): string[] {
  const utterances: string[] = []
  for (const segment of listSentences(text, language)) {
    const last = utterances.at(-1)
    if (last !== undefined && last.length + segment.length <= longestUtterance) {
      utterances[utterances.length - 1] = last + segment
    } else utterances.push(segment)
  }
  return utterances.filter((utterance) => utterance.trim() !== '')
}

/** Firefox before 125 has no `Intl.Segmenter`: there a sentence ends with its mark and a space. */
function listSentences(text: string, language: string): string[] {
  if (!('Segmenter' in Intl)) return text.match(/[^.!?…]+(?:[.!?…]+["”»’)]*\s*|$)/gu) ?? [text]
  const sentences = new Intl.Segmenter(language, { granularity: 'sentence' }).segment(text)
  return Array.from(sentences, ({ segment }) => segment)
}
