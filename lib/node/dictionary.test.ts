import { expect, it } from 'vitest'
import { listWordForms } from './dictionary.ts'

it.each([
  ['року', ['рік', 'року', 'роком', 'роки', 'роках']],
  ['днів', ['день', 'дня', 'днями']],
  ['зв’язку', ['звязок', 'звязком', 'звязків']],
  ['звязку', ['звязок', 'звязком', 'звязків']],
  ['ПʼЯТИ', ['пять', 'пятьома']],
  ['Києві', ['київ', 'києва']],
  ['заморозили', ['заморозити', 'заморожу', 'заморозив']],
  ['криптогаманцем', ['криптогаманець', 'криптогаманці']],
])('lists the forms of %s', (word, forms) => {
  expect(listWordForms(word, 'uk')).toEqual(expect.arrayContaining(forms))
})

it.each(['щщщщ', 'bitcoin', '', '123', 'ь'.repeat(10_000), 'ринку бірж'])(
  'lists nothing for what is no Ukrainian word: %s',
  (word) => expect(listWordForms(word, 'uk')).toEqual([]),
)
