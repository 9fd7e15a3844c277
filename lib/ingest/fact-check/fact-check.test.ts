import '#lib/site/load-site.ts'
import { describe, expect, it } from 'vitest'
import { listLemmas, readWord } from '#lib/node/dictionary.ts'
import type { Story } from '../story.ts'
import { findFactFaults, findTranslationFaults } from './find-fact-faults.ts'
import { listDates } from './list-dates.ts'
import { listNumbers } from './list-numbers.ts'
import { listQuotations } from './list-quotations.ts'
import { toSoundDistance, toSounds } from './sounds.ts'

const storyOf = (text: string, language = 'en'): Story =>
  ({
    source: { name: 'Wire', key: 'wire', type: 'RSS' },
    id: 'x',
    url: 'https://wire.example/x',
    title: '',
    text,
    authors: [],
    publishedAt: '2026-11-20T12:00:00.000Z',
    updatedAt: undefined,
    categories: [],
    sentiment: undefined,
    score: 0,
    language,
    section: 'MARKETS',
    isSponsored: false,
    isWithdrawn: false,
  }) as unknown as Story
const rewritten = (text: string, story: string, language?: string) =>
  findFactFaults([text], storyOf(story, language))
const translated = (text: string, original: string) => findTranslationFaults([text], original)

describe('numbers', () => {
  it.each([
    ['$1.2 billion', '1,2 млрд доларів'],
    ['300 million', '300M'],
    ['23 percent', '23%'],
    ['1,234.5', '1 234,5'],
    ['250 000', '250\u00a0000'],
    ['250,000', '250\u202f000'],
    ['fifty thousand euros', '50 тис. євро'],
    ['two hundred and fifty thousand', 'двісті п’ятдесят тисяч'],
    ['two and a half million', 'два з половиною мільйони'],
    ['half a million', 'пів мільйона'],
    ['1.5 million', 'півтора мільйона'],
    ['two-thirds', 'дві третини'],
    ['three', 'троє'],
    ['fourth', 'четвертого'],
    ['800 hryvnias', '800грн'],
    ['35GB', '35 ГБ'],
    ['a 38-year-old', '38-річний'],
    ['a nine-month term', '9 місяців'],
    ['twenty-fifth', 'двадцять п’ятий'],
  ])('takes %s and %s for the same', (one, other) => {
    const [a, b] = [listNumbers(one), listNumbers(other)]
    expect(a).toHaveLength(1)
    expect(a.map(({ value, unit }) => [value, unit])).toEqual(
      b.map(({ value, unit }) => [value, unit]),
    )
  })

  it.each(['ERC-20', 'Web3', 'L2', 'COVID-19', 'x402', 'сім’я', "сім'я"])(
    'sees none in %s',
    (name) => {
      expect(listNumbers(name)).toEqual([])
    },
  )

  it.each([
    ['It opens at 5.30pm.', 'Відкриття о 17:30.'],
    ['It lasted a fortnight.', 'Це тривало 14 днів.'],
    ['Both left.', 'Пішли двоє.'],
    ['It took a decade.', 'Це тривало десять років.'],
    ['It paid 5% to 10%.', 'Виплатили 5–10 %.'],
    ['It took 18 months.', 'Це тривало півтора року.'],
    ['It is 10 miles away.', 'Це за 16 км.'],
    ['It doubled.', 'Зросло вдвічі.'],
    ['Half of them left.', 'Половина пішла.'],
    ['The second half of the 1990s.', 'Друга половина 1990-х років.'],
  ])('counts %s as %s', (original, translation) => {
    expect(translated(translation, original)).toEqual([])
  })

  it.each([
    ['It lasted 5 km.', 'Довжина 5 миль.'],
    ['It weighs 3 kg.', 'Вага 3 тонни.'],
    ['It took 6 days.', 'Це тривало 6 тижнів.'],
    ['It paid $5 million.', 'Заплатили 5 млн євро.'],
    ['It rose 3%.', 'Зросло на 3 відсоткові пункти.'],
    ['It cost 1.2 million.', 'Коштувало 1,2 млрд.'],
    ['Seven people came.', 'Прийшло восьмеро.'],
    ['A third left.', 'Чверть пішла.'],
    ['It doubled.', 'Зросло втричі.'],
    ['It fell from 40 to 30.', 'Впало з 30 до 40.'],
    ['It fell from 40 to 30.', 'Впало з 40 до 40.'],
  ])('does not take %s for %s', (original, translation) => {
    expect(translated(translation, original)).toHaveLength(1)
  })

  it.each([
    [
      'It sold 300 coins in May and 40 in June 2022.',
      'Продали 40 монет у травні й 300 у червні 2022.',
    ],
    ['In 2022 it sold 2,000 coins, then 7,500.', 'Продали 7 500 монет, тоді 2 000, у 2022 році.'],
    ['The fee was 0.01, the rest 0.51.', 'Комісія становила 0,51, решта 0,01.'],
    ['The girls are six and nine.', 'Дівчатам шість та шість.'],
    ['It ran for hours. Within days it stopped.', 'Працювало годинами. За кілька годин спинилося.'],
    ['He paid for months.', 'Він платив роками.'],
    ['It was second. It took two months.', 'Було другим. Це тривало два роки.'],
    ['A dollar token and 200 million euros.', 'Токен у євро й 200 мільйонів євро.'],
    ['It has 12 bits and 4 bytes, or bits.', 'Має 12 бітів і 4 байти, або байтів.'],
    ['A three-year term.', 'Тримісячний строк.'],
    [
      'It begins on 29 June 2023 and ends on 30 June 2024.',
      'Початок 30 червня 2023, кінець 29 червня 2024.',
    ],
  ])('finds what is exchanged: %s → %s', (original, text) => {
    expect(translated(text, original)).not.toEqual([])
  })

  it.each([
    ['It took 18 months, not years.', 'Це тривало півтора року, а не роки.'],
    ['It was opened in 2022 and ran for weeks.', 'Відкрили 2022 року, працювало кілька тижнів.'],
    ['She won over 3,000m and 60m.', 'Вона виграла на 3 000 метрів і 60 метрів.'],
    ['He spoke on Saturday of last year.', 'Він говорив у суботньому ефірі торішнього сезону.'],
    ['Платня робітників упала.', 'The workers" pay fell.'],
    ['ASTANA.KAZINFORM reports.', 'Про це пише КАЗІНФОРМ.'],
    [
      'Aqua said that the state was "difficult but controllable," it was.',
      'Фірма «Аква» каже: стан «складний, але контрольований».',
    ],
    ['It paid 5,000 crowns.', 'Виплатили 5000 крон.'],
    ['It needs about 1700MW now.', 'Потрібно близько 1700 МВт.'],
    ['In 2022 there were 300 and 40.', 'Було 300 і 40 у 2022 році.'],
    ['In 2023 it begins on 29 June.', 'Початок 29 червня 2023 року.'],
  ])('does not take %s and %s for exchanged', (original, text) => {
    expect(translated(text, original)).toEqual([])
  })

  it('says what is in the text and what in the source', () => {
    expect(translated('Заплатили 6 млн доларів.', 'It paid $5 million.')).toEqual([
      'The text has the number “6 млн доларів” where the original has “$5 million”.',
    ])
    expect(rewritten('It paid €5M.', 'It paid $5 million.')).toEqual([
      'The text has “€5M” where the story has “$5 million”: another unit.',
    ])
  })
})

describe('dates', () => {
  it.each([
    ['It closes on April 10, 2022.', 'Закриття 10.04.2022.'],
    ['It closes on 3 May.', 'Закриття 3 травня.'],
    ['It closed on Friday.', 'Закрили у п’ятницю.'],
    ['It closed yesterday.', 'Закрили вчора.'],
    ['It closed last week.', 'Закрили минулого тижня.'],
  ])('takes %s and %s for the same', (original, translation) => {
    expect(translated(translation, original)).toEqual([])
  })

  it.each([
    ['It closes on April 10.', 'Закриття 10 травня.'],
    ['It closes on April 10.', 'Закриття 11 квітня.'],
    ['It closed on Friday.', 'Закрили у четвер.'],
    ['It closed yesterday.', 'Закриють завтра.'],
    ['It closed last week.', 'Закриють наступного тижня.'],
  ])('does not take %s for %s', (original, translation) => {
    expect(translated(translation, original).join(' ')).toMatch(/date/)
  })

  it('knows that may and march are verbs', () => {
    expect(listDates('They may march on.').named).toEqual([])
  })
})

describe('quotations', () => {
  it.each([
    '“We sell all coins”',
    '"We sell all coins"',
    '«We sell all coins»',
    '„We sell all coins“',
    '‘We sell all coins’',
    "'We sell all coins'",
    '“We sell all coins',
    '— We sell all coins, — said he.',
  ])('are found in %s', (written) => {
    expect(listQuotations(written).map(({ length }) => length)).toEqual([4])
  })

  it('are no apostrophes', () => {
    expect(listQuotations("The bank's rivals' shares don't rise; it's the '90s, п'ять")).toEqual([])
  })

  it('are compared by their words in a rewriting, and may be shortened', () => {
    const story = '“We will not, under any circumstances, sell our coins,” she said.'
    expect(rewritten('She said: "We will not … sell our coins".', story)).toEqual([])
    expect(rewritten('She said: "We never sell our coins".', story).join(' ')).toMatch(/quotation/)
  })

  it('are one for one in a translation', () => {
    const original = '“We want every share on a chain,” he said.'
    expect(translated('«Ми хочемо кожну акцію в мережі», — сказав він.', original)).toEqual([])
    expect(translated('— Ми хочемо кожну акцію в мережі, — сказав він.', original)).toEqual([])
    expect(
      translated(
        '«Ми хочемо кожну акцію в мережі», — сказав він. «І це лише початок роботи».',
        original,
      ),
    ).toEqual(['The quotation “І це лише початок роботи” is not in the original.'])
  })

  it.each([
    [
      'a shorter one',
      'He called it "the poor people’s bells."',
      'Він назвав це «дзвонами бідняків». «Переговори вже завершилися», — сказав він.',
    ],
    [
      'one that lost its marks',
      'He called it "the best result of the whole year."',
      'Він назвав це найкращим результатом року. «Переговори завершилися до обіду», — сказав він.',
    ],
  ])('stand for no other beside %s', (_, original, translation) => {
    expect(translated(translation, original)).toEqual([expect.stringMatching(/“Переговори/)])
  })
})

describe('names', () => {
  it.each([
    ['Kraken', 'Кракен'],
    ['Coinbase', 'Коїнбейс'],
    ['Walkingshaw', 'Вокінгшоу'],
    ['Grünerløkka', 'Грюнерлокка'],
    ['George', 'Джордж'],
    ['Jacqueline', 'Жаклін'],
    ['Zhao', 'Чжао'],
  ])('sound alike: %s and %s', (latin, cyrillic) => {
    expect(toSoundDistance(toSounds(latin), toSounds(cyrillic))).toBeLessThan(0.25)
  })

  it.each([
    [
      'The United States and the Supreme Court agreed.',
      'Сполучені Штати і Верховний суд погодилися.',
    ],
    ['NATO and the EU agreed.', 'НАТО і ЄС погодилися.'],
    ['I’m sure they don’t.', 'Я певен, що ні.'],
    ['Germany and Chinese banks agreed.', 'Німеччина й китайські банки погодилися.'],
    ['Vienna and Kyiv agreed.', 'Відень і Київ погодилися.'],
    ['He met Olena Zelenska.', 'Він зустрівся з Оленою Зеленською.'],
    ['Bitcoin fell, and BTC futures with it.', 'Біткоїн упав, а з ним і ф’ючерси на BTC.'],
    ['A soft fork came.', 'Софтфорк відбувся.'],
  ])('translates %s', (original, translation) => {
    expect(translated(translation, original)).toEqual([])
    expect(translated(original, translation)).toEqual([])
  })

  it.each([
    ['Kraken agreed.', 'Погодилася Kraken, зазначає Ткаченко.', 'Ткаченко'],
    ['Kraken agreed.', 'Ткаченко погодився.', 'Ткаченко'],
    ['Kraken agreed.', 'Погодився Coinbase.', 'Coinbase'],
    ['Біржа погодилася.', 'Pemberton agreed.', 'Pemberton'],
  ])('finds the invented one in the translation of %s', (original, translation, name) => {
    expect(translated(translation, original).join(' ')).toContain(`“${name}”`)
  })

  it('has forms of Ukrainian words from a dictionary', () => {
    expect(readWord('Німеччиною', 'uk')).toEqual({ isCommon: false, isName: true })
    expect(readWord('з’явилося', 'uk').isCommon).toBe(true)
    expect(listLemmas('Зеленського', 'uk')).toContain('зеленський')
    expect(rewritten('Про це сказав Зеленський.', 'Слова Зеленського почули всі.', 'uk')).toEqual(
      [],
    )
  })
})

describe('what a text denies, and which way something moves', () => {
  it.each([
    ['It will not sell its coins.', 'Вона продасть свої монети.'],
    ['They don’t approve the deal.', 'Вони схвалюють угоду.'],
    ['Nobody was hurt in the attack.', 'Під час атаки постраждали люди.'],
    ['Суд не схвалив угоду.', 'The court approved the deal.'],
    ['Угоди ніколи не було.', 'There was a deal.'],
  ])('differs between %s and %s', (original, translation) => {
    expect(translated(translation, original).join(' ')).toMatch(/only one of them denies it/)
  })

  it.each([
    ['It failed to sell its coins.', 'Вона не продала монети.'],
    ['He was unable to come.', 'Він не зміг прийти.'],
    ['No one ever said that.', 'Ніхто ніколи цього не казав.'],
    ['Not only banks came.', 'Прийшли не лише банки.'],
    ['They refused to come.', 'Вони не прийшли.'],
    ['They left without a word.', 'Вони пішли без жодного слова.'],
  ])('is the same in %s and %s', (original, translation) => {
    expect(translated(translation, original)).toEqual([])
    expect(translated(original, translation)).toEqual([])
  })

  it('is compared with the nearest sentence in a rewriting', () => {
    const story =
      'The court did not approve the sale of the exchange. Shares of rivals fell sharply.'
    expect(rewritten('The court approved the sale of the exchange.', story)).toHaveLength(1)
    expect(rewritten('The court did not approve the sale.', story)).toEqual([])
    expect(rewritten('Shares of rivals rose sharply.', story).join(' ')).toMatch(/one goes up/)
  })
})

describe('denials are compared sentence by sentence', () => {
  it('where sentences were joined, and another one denies too', () => {
    const original = 'There is no limit. The figure came later. There is no schedule either.'
    expect(translated('Межі немає, число з’явилося потім. Розкладу теж немає.', original)).toEqual(
      [],
    )
    expect(translated('Межа є, число з’явилося потім. Розкладу теж немає.', original)).not.toEqual(
      [],
    )
  })

  it.each([
    ['The proposal failed in the end.', 'Зрештою пропозиція пройшла.'],
    ['We were unaware of the road sign.', 'Ми знали про дорожній знак.'],
    ['The coins hardly moved for years.', 'Монети роками рухалися.'],
  ])('where the original denies in another way: %s → %s', (original, text) => {
    expect(translated(text, original)).not.toEqual([])
  })
})

describe('names are accounted for one by one', () => {
  it('in the whole text: a translator writes a name where the original has a pronoun', () => {
    const en = 'Clarence Adams bought it.\nHe sold it to Guardian Bank.\nIt grew.'
    const check = (last: string) =>
      findTranslationFaults(
        ['Кларенс Адамс купив це.', 'Адамс продав це банку Guardian.', last],
        en,
        { from: 'en', to: 'uk' },
      )
    expect(check('Банк Адамса зріс.')).toEqual([])
    // It sounds like a word of another passage, which names somebody else.
    expect(check('Гордієнко зріс.')).toEqual([expect.stringContaining('Гордієнко')])
  })

  it('by the list of names that the search uses', () => {
    expect(translated('SEC перевірила XBT і УНЦП.', 'The SEC looked at bitcoin.')).toHaveLength(1)
    expect(translated('ФРС і біткоїн.', 'The Federal Reserve and BTC.')).toEqual([])
  })

  it('so that a country which is named excuses no other name', () => {
    const original = 'He took over East Germany in May.'
    expect(translated('У травні він очолив Східну Німеччину.', original)).toEqual([])
    expect(translated('У травні він очолив Східну Діброву.', original)).not.toEqual([])
  })
})

it('reads a story once, however many sentences are made of it', () => {
  const sentences = Array.from({ length: 400 }, (_, at) => `Fee ${at} rose ${at}% to 10 dollars.`)
  const story = storyOf(sentences.join('\n'))
  const timeOf = (count: number) => {
    const texts = Array.from({ length: count }, () => 'It rose 5% by 3 May.')
    const before = process.threadCpuUsage()
    findFactFaults(texts, story)
    const { user, system } = process.threadCpuUsage(before)
    return user + system
  }
  timeOf(20)
  expect(timeOf(20)).toBeLessThan(timeOf(1) * 6)
})

describe('what people write when they translate news', () => {
  const check = (en: string, uk: string) => [
    ...findTranslationFaults([uk], en, { from: 'en', to: 'uk' }),
    ...findTranslationFaults([en], uk, { from: 'uk', to: 'en' }),
  ]

  it.each([
    [
      'several of an acronym',
      'MPs watched TVs at the HQ.',
      'Депутати дивилися телевізори в штабі.',
    ],
    ['a party', 'Labour and the Republicans agreed.', 'Лейбористи й республіканці домовилися.'],
    ['one word for two', 'Britain left.', 'Великобританія вийшла.'],
    ['a compound', 'It is part of Euro-Asia trade.', 'Це частина європейсько-азіатської торгівлі.'],
    ['nothing and never', 'We never gave anybody anything.', 'Ми нікому ніколи нічого не давали.'],
    ['neither', 'Today there is neither.', 'Тепер немає ні того, ні іншого.'],
    ['no doubt', 'It is by far the best bank.', 'Це, без сумніву, найкращий банк.'],
    ['until', 'They waited until it opened.', 'Вони чекали, поки він не відкрився.'],
    ['to double', 'The bank wants to double its profit.', 'Банк хоче подвоїти прибуток.'],
    ['half an hour', 'It took half an hour.', 'Це тривало півгодини.'],
    ['a decade', 'It opened a decade later.', 'Він відкрився через десять років.'],
    ['the last minute', 'He left at the last minute.', 'Він пішов в останній момент.'],
    ['degrees', 'It was 80 degrees outside.', 'Надворі було 27 градусів за Цельсієм.'],
    [
      'next year',
      'Shops open next year.',
      'Магазини відкриються наступного року, у наступному році.',
    ],
    ['the adjective of a month', 'The June summit failed.', 'Червневий саміт провалився.'],
    ['a winner of five times', 'He is a five-times winner.', 'Він п’ятиразовий переможець.'],
    ['a winner of two times', 'He is a two-time winner.', 'Він дворазовий переможець.'],
    ['whose dollars they are', 'It cost $3.6bn.', 'Це коштувало 3,6 млрд дол. США.'],
    ['an hour of the day', 'It closed at 6am.', 'Його закрили о 6-й годині ранку.'],
    ['a turn of phrase', 'He won again.', 'Він переміг у другому таймі.'],
    ['a people', 'The Germans and the Dane won.', 'Німці й датчанин виграли.'],
    ['a capital that stands for its state', 'Beijing agreed.', 'Китай погодився.'],
    ['whether or not', 'He asks whether or not to go.', 'Він питає, чи йти.'],
    ['until', 'It is not over until he wins.', 'Це закінчиться лише після його перемоги.'],
    ['a second half', 'They won in the first half.', 'Вони перемогли в першому таймі.'],
    ['halves that are counted', 'It has two wins and seven halves.', 'Дві перемоги і 7 нічиїх.'],
    ['every second year', 'It is a biennial event.', 'Це подія раз на два роки.'],
    [
      'speech that goes on',
      "Later, he said: 'We did fight.",
      'Пізніше він заявив: "Ми таки билися.',
    ],
    ['an acronym spelled out', 'The attack on NYC goes on.', 'Напад на Нью-Йорк триває.'],
    ['a name in a longer word', 'Brexiteers left.', 'Прихильники Brexit пішли.'],
    ['a name in its Ukrainian cases', 'It opened in Riga and Doha.', 'Це відкрили в Ризі й Досі.'],
    ['what French does not sound', 'Renault came to Bordeaux.', 'Рено приїхав до Бордо.'],
    ['German letters', 'Scholz met Schulz.', 'Шольц зустрів Шульца.'],
    ['all parts of a name', 'They met Kim Jong-un.', 'Вони зустріли Кім Чен Ина.'],
    ['what an acronym begins', 'The U.S. Navy left.', 'ВМС США пішли.'],
    [
      'a compound of an acronym',
      'A PNG-registered plane left.',
      'Зареєстрований у PNG літак вилетів.',
    ],
    ['a title in quotation marks', 'He won a Victoria Cross.', 'Він здобув «Хрест Вікторії».'],
    ['a score', 'They won 16.5 to 10.5.', 'Вони виграли 16,5:10,5.'],
    ['on many occasions', 'He won eight cups.', 'Він вигравав кубок вісім разів.'],
    [
      'a count and a place in an order',
      'In seventh, he turned 21 on the 3rd.',
      '3-го йому виповнився 21, він був сьомим.',
    ],
    ['the south', 'Banks of the south pay in months.', 'Банки півдня платять місяцями.'],
    ['a crown that is no money', 'She regained the crown.', 'Вона повернула собі корону.'],
    ['to be missing', 'A man is missing.', 'Один чоловік зник безвісти.'],
    ['not long after', 'It closed not long after that.', 'Його закрили незабаром.'],
    ['to abstain', 'They made no comments.', 'Вони втрималися від коментарів.'],
    ['what denies a doubt', 'He is confident of it.', 'Він не сумнівається в цьому.'],
    ['what is denied twice', 'We have to praise it.', 'Ми не можемо не похвалити це.'],
    ['could not help', 'I couldn’t help but laugh.', 'Я розсміявся.'],
    ['an initial of two letters', 'Murphy J. Paul came.', 'Прийшов Мерфі Дж. Пол.'],
    [
      'an hour of the day without a.m.',
      'It opens at 11 a.m. on 3 May.',
      'Відкриють об 11 годині 3 травня.',
    ],
    ['a name that begins with Я', 'Jan met Julia.', 'Ян зустрів Юлію.'],
    ['a silent letter', 'Hale met Mike.', 'Гейл зустрів Майка.'],
    [
      'a name that stands twice',
      'The Red Cross pays.',
      'Червоний Хрест платить за Червоний Хрест.',
    ],
    ['a city spelled out', 'An NY nanny left.', 'Няня з Нью-Йорка пішла.'],
    ['what is bad and not good', 'It was bad for her.', 'Її це не тішило.'],
    ['an African American', 'An African-American left.', 'Афроамериканка пішла.'],
    ['a name that begins like не', 'Nancy said he is unfit.', 'Ненсі сказала, що він не годиться.'],
  ])('%s is no fault', (_, en, uk) => {
    expect(check(en, uk)).toEqual([])
  })

  it.each([
    [
      'a lone ordinary word with a capital',
      'Банк відкрився в Одесі.',
      'The bank opened in Vertex.',
    ],
    ['an ordinary surname', 'Це сказав Девід.', 'David Tucker said this.'],
    ['another span', 'Він виграв минулого тижня.', 'He won last month.'],
    ['a counted time', 'Він працював до 2004 року.', 'He worked for 2004 minutes.'],
    ['a denial lost', 'Вони ніколи нічого не платили.', 'They always paid.'],
    ['one of two directions', 'Ціна зросла, попит зріс.', 'The price rose, demand fell.'],
    [
      'a denial beside another sense',
      'Незаконну комісію не сплатили.',
      'They paid an illegal fee.',
    ],
    ['what English alone denies', 'Суд схвалив угоду.', 'The court did not approve the deal.'],
    ['months that are years', 'На півдні це тривало місяці.', 'In the south it lasted years.'],
    ['ages that change places', 'Йому було 13, у 18 років він пішов.', 'He was 18 and left at 13.'],
  ])('%s is one', (_, uk, en) => {
    expect(findTranslationFaults([en], uk, { from: 'uk', to: 'en' })).not.toEqual([])
  })

  it.each([
    ['an ordinary word beside a name', 'Вони показали свинку Пеппу.', 'They showed Peppa Pig.'],
    ['a denial in another way', 'Він не у формі.', 'He is out of shape.'],
    ['another spelling beside a name', 'Він перейшов Сен-Катен.', 'He crossed Saint-Quentin.'],
    ['a paragraph of a longer quotation', 'Ми збиралися воювати.', '"We were going to war.'],
    ['what is said before it', '«Ми програли цю війну.', 'He told us: “We lost this war.”'],
  ])('%s is no fault in English', (_, uk, en) => {
    expect(findTranslationFaults([en], uk, { from: 'uk', to: 'en' })).toEqual([])
  })

  it.each([
    [
      'after a quotation that lacks its end',
      '"All that we did is at stake.',
      '«Усе, що ми зробили, під загрозою. «Ми знищимо всіх цього року», — сказав він.',
    ],
    [
      'after a few words that are quoted rightly',
      'They worship the "mother cow" there.',
      'Там шанують «корову-матір». Він сказав: «Голосування повторять навесні.',
    ],
    [
      'where the original has only the name of a show',
      'Last night "The Rachel Maddow Show" was first.',
      'Учора програма The Rachel Maddow Show була першою. „Гроші скоро закінчаться“, — пише він.',
    ],
    [
      'where the original goes on with a quotation',
      'Why would I not compete with them here in Denver?"',
      'Чому б мені не змагатися з ними тут у Денвері? — Це останній шанс для всіх, — сказав він.',
    ],
    [
      'where the original has a colon that announces no speech',
      'Two were built: Harlem was the first of them.',
      'Побудували дві, першу в Гарлемі. «Ми знищимо всіх цього року», — сказав він.',
    ],
  ])('an invented quotation is one %s', (_, en, uk) => {
    expect(findTranslationFaults([uk], en, { from: 'en', to: 'uk' }).join(' ')).toMatch(/quotation/)
  })

  it('a word that no article makes a word is a name where it says something', () => {
    const uk = 'Фірма зросла.'
    expect(findTranslationFaults(['The firm grew. Vertex confirmed this.'], uk)).toHaveLength(1)
    expect(findTranslationFaults(['The firm grew. Everyone confirmed this.'], uk)).toEqual([])
  })

  it('a quotation goes on over paragraphs', () => {
    const original = '«Ми бідна країна.\nАле ми маємо гідність», — сказав він.'
    const text = '“We are a poor country.\n“But we have our dignity,” he said.'
    const context = { from: 'uk', to: 'en' }
    expect(findTranslationFaults(text.split('\n'), original, context)).toEqual([])
    const more = `${text} “The vote will be repeated in spring,” she added.`
    expect(findTranslationFaults(more.split('\n'), original, context)).not.toEqual([])
  })
})

describe('what holds a translation', () => {
  const from = { en: { from: 'en', to: 'uk' }, uk: { from: 'uk', to: 'en' } }
  const numbers = Array.from({ length: 18 }, (_, at) => at + 2)
  const rest = {
    uk: numbers.map((number) => `Курс зріс на ${number}%.`),
    en: numbers.map((number) => `The rate rose ${number}%.`),
  }
  const checkUkrainian = (uk: string[], en: string[]) =>
    findTranslationFaults([...uk, ...rest.uk], [...en, ...rest.en].join('\n'), from.en)

  it.each([
    ['another number', 'Продали 16 монет.', 'It sold 15 coins.'],
    ['a number that is added', 'Продали монети 15 людям.', 'It sold coins to people.'],
    ['an invented name', 'Монети продав, зазначає Ткаченко.', 'It sold coins.'],
    ['an invented name that begins a sentence', 'Продали. Ткаченко це підтверджує.', 'It sold.'],
    ['another surname', 'Монети продав Пітер Ткаченко.', 'Peter Bone sold coins.'],
    ['an invented place', 'Монети продали в Житомирі.', 'It sold coins.'],
    ['invented speech', 'Продали. «Ми знищимо всіх», — сказав він.', 'They sold.'],
    ['what English denies', 'Суд схвалив угоду.', 'The court did not approve the deal.'],
  ])('%s does, however long the text is', (_, uk, en) => {
    expect(checkUkrainian([uk], [en])).toHaveLength(1)
  })

  it('a denial that English lacks does, however long the text is', () => {
    const [uk, en] = ['Суд не схвалив угоду.', 'The court approved the deal.']
    const faults = findTranslationFaults([en, ...rest.en], [uk, ...rest.uk].join('\n'), from.uk)
    expect(faults).toEqual([expect.stringContaining('only one of them denies it')])
  })

  const hints = [
    ['a number that is left out', 'Продали 15.', 'It sold 15 of 20.'],
    ['a denial that is added', 'Вона не схвалила угоду.', 'It approved the deal.'],
    ['a weekday that is added', 'Вона прийшла в суботу.', 'She came.'],
    [
      'marks around words of the original',
      'Він сказав, що ціна «вражає його самого».',
      'He said that he himself was amazed by its price.',
    ],
  ] as const

  it.each(hints)('%s is a hint: it does with another one, not alone', (_, uk, en) => {
    expect(checkUkrainian([uk], [en])).toEqual([])
    const [, otherUk, otherEn] = hints.find(([, other]) => other !== uk) ?? hints[0]
    expect(checkUkrainian([uk, otherUk], [en, otherEn])).toHaveLength(2)
  })
})
