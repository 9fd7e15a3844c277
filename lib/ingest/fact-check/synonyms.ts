/**
 * Names that mean the same, in English and Ukrainian, as lower-case phrases. Whoever is named in one
 * way in the story may be named in the others. Case endings of Ukrainian words are cut with `*`.
 */
const groups: string[] = [
  'united states|u.s.|us|usa|america|american*|сша|сполучен* штат*|америк*',
  'united kingdom|u.k.|uk|britain|british|велик* британ*|британ*|сполучен* королівств*',
  'european union|eu|e.u.|european parliament|european commission|європейськ* союз*|єс|євросоюз*',
  'sec|securities and exchange commission|комісі* з цінних паперів|комісі* із цінних паперів|sec сша',
  'cftc|commodity futures trading commission|комісі* з торгівлі товарними ф*',
  'fed|federal reserve|фрс|федеральн* резервн* систем*|федрезерв*',
  'doj|department of justice|justice department|міністерств* юстиції|мін’юст*|мінюст*',
  'fbi|federal bureau of investigation|фбр|федеральн* бюро розслідувань',
  'imf|international monetary fund|мвф|міжнародн* валютн* фонд*',
  'ecb|european central bank|єцб|європейськ* центральн* банк*',
  'treasury|u.s. treasury|treasury department|міністерств* фінансів|мінфін*|казначейств*',
  'ceo|chief executive|chief executive officer|гендиректор*|генеральн* директор*',
  'cfo|chief financial officer|фінансов* директор*|фіндиректор*',
  'cto|chief technology officer|технічн* директор*',
  'etf|etfs|exchange-traded fund*|біржов* фонд*',
  'ipo|initial public offering|первинн* публічн* розміщенн*',
  'nft|nfts|non-fungible token*|невзаємозамінн* токен*',
  'defi|decentralized finance|децентралізован* фінанс*',
  'ai|artificial intelligence|ші|штучн* інтелект*',
  'dao|decentralized autonomous organi*',
  'aml|anti-money laundering|протиді* відмиванню',
  'kyc|know your customer',
  'house|house of representatives|палат* представників',
  'senate|сенат*',
  'congress|конгрес*',
  'supreme court|верховн* суд*',
  'national bank of ukraine|nbu|нбу|національн* банк* україни|нацбанк*',
  'verkhovna rada|верховн* рад*|рад*',
  'ukraine|ukrainian*|україн*',
  'russia|russian*|росі*|російськ*',
  'china|chinese|китай*|кита*',
  'japan|japanese|япон*',
  'germany|german*|німеччин*|німецьк*',
  'france|french|франці*|французьк*',
  'south korea|korea|korean*|південн* коре*|коре*',
  'north korea|north korean*|dprk|кндр|північн* коре*|північнокорейськ*',
  'hong kong|гонконг*',
  'switzerland|swiss|швейцарі*|швейцарськ*',
  'new york|нью-йорк*',
  'london|лондон*',
  'washington|вашингтон*',
  'kyiv|kiev|києв*|київ*',
  'spain|spanish|іспані*|іспанськ*',
  'italy|italian*|італі*|італійськ*',
  'netherlands|dutch|нідерланд*|нідерландськ*',
  'sweden|swedish|швеці*|шведськ*',
  'austria|austrian*|австрі*|австрійськ*',
  'lithuania|lithuanian*|литв*|литовськ*',
  'estonia|estonian*|естоні*|естонськ*',
  'europe|european*|європ*|європейськ*',
  'canada|canadian*|канад*|канадськ*',
  'australia|australian*|австралі*|австралійськ*',
  'argentina|argentine*|аргентин*',
  'vietnam|vietnamese|вʼєтнам*|в’єтнам*|вєтнам*',
  'zurich|zürich|цюрих*',
  'geneva|женев*',
  'vienna|відень|відн*',
  'munich|мюнхен*',
  'paris|париж*',
  'rome|рим*',
  'warsaw|варшав*',
  'prague|праг*',
  'copenhagen|копенгаген*',
  'lisbon|лісабон*',
  'athens|афін*',
  'beijing|пекін*',
  'moscow|москв*',
  'poland|polish|польщ*|польськ*',
  'turkey|turkish|türkiye|туреччин*|турецьк*',
  'israel|israeli*|ізраїл*',
  'india|indian*|інді*|індійськ*',
  'brazil|brazilian*|бразилі*|бразильськ*',
  'el salvador|salvadoran*|сальвадор*',
  'uae|united arab emirates|оае|об’єднан* арабськ* емірат*|обєднан* арабськ* емірат*',
  'wall street|волл-стріт|уолл-стріт',
  'white house|біл* дім|біл* дом*',
  'nobel|нобел*',
  'bitcoin*|біткоїн*|біткойн*',
  'ethereum|етеріум*|ефіріум*',
  'ether|ефір*|етер*',
  'lightning|лайтнінг*',
]

/** A phrase and what must stand in a text, in lower case, for the phrase to be worth looking for. */
type Phrase = { hint: string; pattern: RegExp }

const things: Phrase[][] = groups.map((group) => group.split('|').map(toPhrase))

function toPhrase(phrase: string): Phrase {
  const source = phrase
    .replace(/[.]/g, '\\.')
    .replace(/[’ʼ]/g, "[’'ʼ]")
    .replace(/\*/g, '\\p{L}*')
    .replace(/ /g, '\\s+')
  const hint = phrase.split(/[\s*’ʼ]/)[0] ?? ''
  return { hint, pattern: new RegExp(`(?<![\\p{L}\\p{N}])${source}(?![\\p{L}\\p{N}])`, 'giu') }
}

/** The things of our list that a text names, by their place in it. `us` alone must be in capitals. */
export function listSynonymGroups(text: string): Set<number> {
  const lower = text.toLowerCase()
  const found = new Set<number>()
  things.forEach((phrases, number) => {
    if (phrases.some((phrase) => isNamed(phrase, text, lower))) found.add(number)
  })
  return found
}

function isNamed({ hint, pattern }: Phrase, text: string, lower: string): boolean {
  if (!lower.includes(hint)) return false
  for (const [match] of text.matchAll(pattern)) {
    if (match.length > 4 || match !== match.toLowerCase()) return true
  }
  return false
}
