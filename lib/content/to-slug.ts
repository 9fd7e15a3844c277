/**
 * Ukrainian letters in Latin, as the Cabinet of Ministers orders for names (Resolution 55 of 2010);
 * Russian ones beside them, as sources mix them.
 */
const latin: Record<string, string> = {
  а: 'a',
  б: 'b',
  в: 'v',
  г: 'h',
  ґ: 'g',
  д: 'd',
  е: 'e',
  є: 'ie',
  ж: 'zh',
  з: 'z',
  и: 'y',
  і: 'i',
  ї: 'i',
  й: 'i',
  к: 'k',
  л: 'l',
  м: 'm',
  н: 'n',
  о: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  у: 'u',
  ф: 'f',
  х: 'kh',
  ц: 'ts',
  ч: 'ch',
  ш: 'sh',
  щ: 'shch',
  ь: '',
  ю: 'iu',
  я: 'ia',
  ы: 'y',
  э: 'e',
  ё: 'io',
  ъ: '',
}

const atBeginning: Record<string, string> = { є: 'ye', ї: 'yi', й: 'y', ю: 'yu', я: 'ya' }

/** Ukrainian text in Latin letters, in lower case; other letters stay. */
export function toLatin(text: string): string {
  return text
    .toLowerCase()
    .replace(/(?<=\p{L})['’ʼ](?=\p{L})/gu, '')
    .replace(/зг/g, 'zgh')
    .replace(/(?<!\p{L})[єїйюя]/gu, (letter) => atBeginning[letter] ?? letter)
    .replace(/[а-яєіїґё]/g, (letter) => latin[letter] ?? letter)
}

const longest = 80

/** A headline as a slug of at most 80 ASCII characters, cut between words; empty when none is left. */
export function toSlug(title: string): string {
  const words = toLatin(title.normalize('NFC'))
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')
  let slug = ''
  for (const word of words) {
    if (slug.length + word.length + 1 > longest) break
    slug += slug === '' ? word : `-${word}`
  }
  return slug || (words[0] ?? '').slice(0, longest)
}
