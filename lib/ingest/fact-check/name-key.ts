import { toLatin } from '#lib/content/to-slug.ts'

/**
 * How a name sounds, roughly, whatever script and case it is written in: its consonants in Latin with
 * those that languages exchange made one. `Kraken`, `Кракен` and `Кракена` are `krkn`; `Coinbase`
 * and `Коїнбейс` are `knbs`. A key is for comparing, not for reading.
 */
export function toNameKey(name: string): string {
  return toKey(toLatin(name.replace(/[гґ]/gi, 'g')))
}

/** Ukrainian г is g in most names from elsewhere and h in its own: both keys of such a name. */
export function listNameKeys(name: string): string[] {
  return [...new Set([toNameKey(name), toKey(toLatin(name))])]
}

function toKey(text: string): string {
  const latin = text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\p{L}\p{N}]/gu, '')
  const sounds = latin
    .replace(/shch|sch|sh|ch|tch|cz/g, 'S')
    .replace(/zh|dzh|dj/g, 'J')
    .replace(/kh|gh/g, 'h')
    .replace(/ph/g, 'f')
    .replace(/th/g, 't')
    .replace(/ck|qu|q/g, 'k')
    .replace(/x/g, 'ks')
    .replace(/c(?=[eiy])/g, 's')
    .replace(/c/g, 'k')
    .replace(/w/g, 'v')
    .replace(/tz|ts/g, 'S')
    .replace(/g(?=[eiy])|j/g, 'J')
    .replace(/z/g, 's')
  const first = sounds[0] ?? ''
  const start = /[aeiouy]/.test(first) ? 'a' : first
  const rest = sounds.slice(1).replace(/[aeiouyh]/g, '')
  return (start + rest).replace(/(.)\1+/g, '$1').toLowerCase()
}
