/**
 * The voice that reads a language aloud. Only voices of the device: the others send the text to a
 * stranger.
 */
export function findVoice(language: string): SpeechSynthesisVoice | undefined {
  const own = speechSynthesis
    .getVoices()
    .filter((voice) => voice.localService && voice.lang.toLowerCase().startsWith(language))
  return own.find((voice) => voice.default) ?? own[0]
}

/** Some browsers learn of their voices a while after the page has loaded. */
export async function hasVoice(language: string): Promise<boolean> {
  if (!('speechSynthesis' in window)) return false
  if (speechSynthesis.getVoices().length === 0) {
    await new Promise((done) => {
      speechSynthesis.addEventListener('voiceschanged', done, { once: true })
      setTimeout(done, 5000)
    })
  }
  return findVoice(language) !== undefined
}
