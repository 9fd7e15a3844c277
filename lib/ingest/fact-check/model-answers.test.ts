import '#lib/site/load-site.ts'
import { describe, expect, it } from 'vitest'
import { parseRewrite } from '../rewrite/parse-rewrite.ts'
import type { Story } from '../story.ts'
import { parseTranslation } from '../translate/parse-translation.ts'

const english =
  'Kraken said on Tuesday it will buy Backed Finance for $50 million. The deal closes in the third quarter of 2027. “We want every stock on chain,” said Sam Sample, co-chief executive. Backed has 30 employees and issued tokens worth $1.2 billion. Shares of rivals fell 5% to 10% after the news. The European Commission must approve the deal by March 3.'
const ukrainian =
  'Біржа Kraken у вівторок оголосила, що купує Backed Finance за 50 млн доларів. Угоду закриють у третьому кварталі 2027 року. «Ми хочемо всі акції в мережі», — сказав Олег Зразок. У Backed працює 30 людей. Акції конкурентів впали на 5%.'

const storyOf = (language: 'en' | 'uk') =>
  ({
    source: { name: 'Wire', key: 'wire', type: 'RSS' },
    id: 'kb',
    url: 'https://wire.example/kb',
    title:
      language === 'en'
        ? 'Kraken buys Backed for $50 million'
        : 'Kraken купує Backed за 50 млн доларів',
    text: language === 'en' ? english : ukrainian,
    authors: [],
    publishedAt: '2026-11-17T12:00:00.000Z',
    language,
    categories: [],
    score: 0,
  }) as unknown as Story

const parts = {
  en: {
    title: 'Kraken to buy Backed Finance',
    description: 'Kraken will buy Backed Finance for $50 million.',
    overview: 'Kraken will buy Backed Finance for $50 million.',
    whatHappened:
      'Kraken said on Tuesday that it will buy Backed Finance for $50 million. “We want every stock on chain,” said Sam Sample.',
    whyItMatters: 'It may matter to those who hold such assets.',
    impact: ['Others may follow.', 'The effect may be small.'],
  },
  uk: {
    title: 'Kraken купує Backed Finance',
    description: 'Kraken купує Backed Finance за 50 млн доларів.',
    overview: 'Kraken купує Backed Finance за 50 млн доларів.',
    whatHappened:
      'Kraken у вівторок оголосила, що купує Backed Finance за 50 млн доларів. «Ми хочемо всі акції в мережі», — сказав Олег Зразок.',
    whyItMatters: 'Це може мати значення для власників таких активів.',
    impact: ['Інші можуть піти слідом.', 'Вплив може бути малим.'],
  },
}
type Parts = (typeof parts)['en']
const answerOf = (changed: Partial<Parts>, language: 'en' | 'uk') =>
  JSON.stringify({
    ...parts[language],
    ...changed,
    category: 'BUSINESS',
    tags: ['EXCHANGE'],
    sentiment: 'NEUTRAL',
    photoSubject: 'office',
  })

function rewrite(content: string, language: 'en' | 'uk' = 'en'): string[] {
  const answer = parseRewrite(content, storyOf(language), ['BUSINESS'])
  return 'unreadable' in answer ? answer.unreadable : answer.faults
}
const rewriteWith = (changed: Partial<Parts>, language: 'en' | 'uk' = 'en') =>
  rewrite(answerOf(changed, language), language)

function translate(changed: Partial<Parts>): string[] {
  const translation = {
    ...parts.uk,
    whatHappened:
      'Kraken у вівторок повідомила, що купить Backed Finance за 50 млн доларів. «Ми хочемо кожну акцію в мережі», — сказав Сем Семпл.',
    ...changed,
  }
  const answer = parseTranslation(JSON.stringify(translation), parts.en, {
    known: ['Wire', 'EXCHANGE'],
    from: 'en',
    locale: 'uk',
  })
  return 'unreadable' in answer ? answer.unreadable : answer.faults
}

describe('an honest answer', () => {
  it('has no faults in either language', () => {
    expect(rewriteWith({})).toEqual([])
    expect(rewriteWith({}, 'uk')).toEqual([])
    expect(translate({})).toEqual([])
  })

  it('may have a headline in capitals, a shortened quotation and numbers in other words', () => {
    expect(
      rewriteWith({ title: 'Kraken Will Buy Backed Finance for $50M in Its Latest Deal' }),
    ).toEqual([])
    expect(
      rewriteWith({ overview: 'Backed has thirty employees. He wants “every stock on chain”.' }),
    ).toEqual([])
    expect(rewriteWith({ overview: 'У Backed працює тридцять людей.' }, 'uk')).toEqual([])
  })
})

describe('a language that was not asked for', () => {
  const russian = {
    title: 'Kraken покупает Backed Finance',
    description: 'Биржа объявила о сделке.',
    overview: 'Биржа покупает компанию.',
    whatHappened: 'Биржа объявила, что покупает компанию. Это крупная сделка.',
    whyItMatters: 'Это может быть важно для владельцев таких активов, потому что рынок вырос.',
    impact: ['Другие могут последовать этому примеру.'],
  }
  it('is named for every field', () => {
    const faults = rewriteWith(russian, 'uk').join('\n')
    for (const field of ['description', 'overview', 'whatHappened', 'whyItMatters', 'impact'])
      expect(faults).toContain(`The field ${field} is not in Ukrainian: it reads as Russian.`)
    expect(rewriteWith({ overview: '交易所宣布收购。交易所表示将收购该公司。' })).toHaveLength(1)
  })

  it.each([
    ['whyItMatters', 'It may matter to those who hold such assets.'],
    ['overview', 'Kraken kupi Backed Finance za 50 milijonov dolarjev.'],
    ['whyItMatters', 'Это может быть важно для владельцев таких активов.'],
    ['whyItMatters', 'Гэта можа мець значэнне для ўладальнікаў такіх актываў.'],
  ])('is found in one field of a translation: %s', (field, text) => {
    expect(translate({ [field]: text }).join('\n')).toContain(`The field ${field} `)
  })

  it.each(['Die Börse kündigte die Übernahme an.', 'La bolsa anunció la compra de la empresa.'])(
    'is found in the letters of the right one: %s',
    (text) => {
      expect(rewriteWith({ whyItMatters: text }).join('\n')).toMatch(
        /whyItMatters is not in English/,
      )
    },
  )

  it('is a word of another script', () => {
    expect(
      rewriteWith({ whyItMatters: 'It may matter to those who hold such активи.' }).join('\n'),
    ).toMatch(/“активи”/)
  })
})

describe('an invented quotation', () => {
  it.each([
    "Sam Sample said: 'We will crush all rivals'.",
    'Sam Sample said: ‘We will crush all rivals’.',
    'Sam Sample said: “We will crush all rivals.',
    'Sam Sample said: "We will crush all rivals".',
    'Sam Sample said: «We will crush all rivals».',
    'Sam Sample said: „We will crush all rivals“.',
  ])('is found: %s', (whatHappened) => {
    expect(rewriteWith({ whatHappened }).join('\n')).toMatch(/quotation “We will crush all rivals/)
  })

  it.each([
    '— Ми знищимо всіх конкурентів, — сказав Олег Зразок.',
    '– Ми знищимо всіх конкурентів! – заявив Олег Зразок.',
    'Олег Зразок сказав: „Ми знищимо всіх конкурентів”.',
    'Олег Зразок сказав: «Ми знищимо всіх конкурентів.',
  ])('is found: %s', (whatHappened) => {
    expect(rewriteWith({ whatHappened }, 'uk').join('\n')).toMatch(/quotation “Ми знищимо всіх/)
  })
})

describe('an invented fact', () => {
  it.each([
    ['Jane Doe, John Roe and Mary Poe back Kraken.', ['Jane', 'John', 'Mary', 'Poe']],
    ['Backers include Jane Doe and Olga Petrova.', ['Jane', 'Olga', 'Petrova']],
    ['Priscilla Moretti of Zylo confirmed it.', ['Priscilla', 'Moretti', 'Zylo']],
  ])('is a name: %s', (overview, names) => {
    const faults = rewriteWith({ overview }).join('\n')
    for (const name of names) expect(faults).toContain(`The name “${name}” is not in the story.`)
  })

  it.each([
    ['The deal closes in the fourth quarter of 2027.', 'fourth'],
    ['Kraken paid half of the price in advance and a third later.', 'half'],
    ['The price has doubled.', 'doubled'],
    ['Backed has 300 employees.', '300'],
    ['Backed has forty employees.', 'forty'],
    ['The deal costs €50 million.', '€50 million'],
    ['Approval is due by March 13.', '13'],
  ])('is a number: %s', (whatHappened, number) => {
    expect(rewriteWith({ whatHappened }).join('\n')).toContain(`“${number}`)
  })

  it.each([
    ['Угоду закриють у четвертому кварталі 2027 року.', 'четвертому'],
    ['Kraken заплатила половину ціни.', 'половину'],
    ['Акції впали вдвічі.', 'вдвічі'],
    ['Угода коштує 50 млн євро.', '50 млн євро'],
  ])('is a number in Ukrainian: %s', (whatHappened, number) => {
    expect(rewriteWith({ whatHappened }, 'uk').join('\n')).toContain(`“${number}`)
  })

  it.each([
    ['Shares of rivals rose 5% to 10% after the news.', 'en' as const],
    ['After the news, rivals gained 5% to 10%.', 'en' as const],
    ['Акції конкурентів зросли на 5%.', 'uk' as const],
  ])('is a direction: %s', (whatHappened, language) => {
    expect(rewriteWith({ whatHappened }, language).join('\n')).toMatch(
      /one goes up, the other down/,
    )
  })
})

describe('what is no article', () => {
  it.each([
    'Here is the rewritten article: Kraken will buy Backed Finance for $50 million.',
    'Kraken will buy Backed Finance. Note: I have removed the figures as requested.',
    'As an AI language model, I cannot say more about Kraken.',
    'Sure! Kraken will buy Backed Finance for $50 million.',
    'The provided text says that Kraken will buy Backed Finance.',
  ])('is the talk of the model: %s', (whatHappened) => {
    expect(rewriteWith({ whatHappened }).join('\n')).toMatch(/words of the model about its task/)
  })

  it.each([
    'Ось переписана стаття: Kraken купує Backed Finance.',
    'Kraken купує Backed Finance. Примітка: деталі пропущено.',
    'Як мовна модель, я не можу сказати більше.',
  ])('is the talk of the model: %s', (whatHappened) => {
    expect(rewriteWith({ whatHappened }, 'uk').join('\n')).toMatch(/words of the model/)
  })

  it.each([
    'Kraken will buy Backed Finance. '.repeat(72),
    'Kraken will buy Backed Finance, and Kraken will buy Backed Finance, and '.repeat(6),
  ])('is a loop: %s', (whatHappened) => {
    expect(rewriteWith({ whatHappened }).join('\n')).toMatch(/repeats/)
  })

  it.each([
    '**Kraken** will buy Backed Finance.',
    'Kraken will buy Backed Finance for [amount].\n## More',
    'Kraken &amp; Backed Finance agree.',
    'Kraken will buy {{company}}.',
  ])('is markup that was left over: %s', (whatHappened) => {
    expect(rewriteWith({ whatHappened }).join('\n')).toMatch(/left over/)
  })
})

describe('thinking aloud', () => {
  const answer = answerOf({}, 'en')
  it.each([
    `<think>The schema is {title, description}. I should write {"title":...}</think>\n${answer}`,
    `<thinking>{"title": "no"}</thinking>\n\n${answer}`,
    `The user wants {title}. </think>${answer}`,
    `◁think▷ {a} ◁/think▷${answer}`,
    `Let me start with {"title": "x"} and refine it:\n${answer}`,
    `I will use { as the first character.\n\`\`\`json\n${answer}\n\`\`\``,
    `${answer}\nI hope {this} helps.`,
  ])('is cut off: %s', (content) => {
    expect(rewrite(content)).toEqual([])
  })

  it('that never ends is no answer', () => {
    expect(rewrite('<think>I should write {"title": "x"}')).toEqual(['The answer is not JSON.'])
  })

  it('in the text of an answer stays there and is a fault', () => {
    const content = answerOf({ overview: 'Kraken will buy. <think>Is it so?</think> Yes.' }, 'en')
    expect(rewrite(content)).not.toContain('The answer is not JSON.')
  })
})
