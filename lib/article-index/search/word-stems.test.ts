import { expect, it } from 'vitest'
import { cyrillicStems } from './word-stems.ts'

/** Every form is to be found by every other: some stem of one begins the other. */
function findEachOther(forms: string[]): string[][] {
  const misses = forms.flatMap((asked) =>
    forms
      .filter((form) => !cyrillicStems(asked).some((stem) => form.startsWith(stem)))
      .map((form) => [asked, form]),
  )
  return misses
}

it.each([
  [['біткоїн', 'біткоїна', 'біткоїну', 'біткоїном', 'біткоїни', 'біткоїнів', 'біткоїнами']],
  [['ринок', 'ринку', 'ринком', 'ринки', 'ринків', 'ринках']],
  [['гаманець', 'гаманця', 'гаманцем', 'гаманці', 'гаманців']],
  [['біржа', 'біржі', 'біржу', 'біржею', 'бірж', 'біржами', 'біржах']],
  [['регулювання', 'регулюванню', 'регулюванням', 'регулювань']],
  [['криптовалюта', 'криптовалюти', 'криптовалют', 'криптовалютою', 'криптовалютах']],
  [['цифровий', 'цифрового', 'цифрова', 'цифрові', 'цифрових', 'цифровими']],
  [['мережа', 'мережі', 'мережею', 'мереж']],
])('lets the forms of a word find each other: %s', (forms) => {
  expect(findEachOther(forms)).toEqual([])
})

it('leaves alone what is too short to be cut', () => {
  for (const word of ['і', 'на', 'як', 'та', 'ЄС']) expect(cyrillicStems(word)).toEqual([])
})

it('does not take different words for one', () => {
  expect(cyrillicStems('банк').some((stem) => 'барвінок'.startsWith(stem))).toBe(false)
  expect(cyrillicStems('курс').some((stem) => 'куратор'.startsWith(stem))).toBe(false)
})
