import { expect, it, vi } from 'vitest'
import { listUkrainianForms } from './ukrainian-forms.ts'

it('reads the dictionary in slices, between which the thread answers, and at once when it is needed', async () => {
  vi.resetModules()
  const { readUkrainianForms, listUkrainianForms } = await import('./ukrainian-forms.ts')
  let turns = 0
  let isReading = true
  const count = () => {
    turns += 1
    if (isReading) setImmediate(count)
  }
  const reading = readUkrainianForms()
  setImmediate(count)
  await reading
  isReading = false
  expect(turns).toBeGreaterThan(10)
  expect(listUkrainianForms('року')).toContain('рік')
})

it('lists forms also while the dictionary is being read', async () => {
  vi.resetModules()
  const { readUkrainianForms, listUkrainianForms } = await import('./ukrainian-forms.ts')
  const reading = readUkrainianForms()
  expect(listUkrainianForms('року')).toContain('рік')
  await reading
  expect(listUkrainianForms('днів')).toContain('день')
})

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
  expect(listUkrainianForms(word)).toEqual(expect.arrayContaining(forms))
})

it.each(['щщщщ', 'bitcoin', '', '123', 'ь'.repeat(10_000), 'ринку бірж'])(
  'lists nothing for what is no Ukrainian word: %s',
  (word) => expect(listUkrainianForms(word)).toEqual([]),
)
