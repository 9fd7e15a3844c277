/** A word for what happened, the same for both languages. */
export type EventWord = {
  word: string
  /** Which of two contrary ways it went; see `event-similarity.ts`. */
  turn: string | undefined
}

/**
 * What crypto news says again and again, as stems: `canonical[/turn]: English stems; Ukrainian stems`.
 * A stem stands for every word that begins with it.
 */
const table = `
acquire/buy: acquir buy buys buyout takeover bought; купує купив купил придба поглин
sell/sell: sell sold offload divest; прода продає
approve/approve: approv greenlight clear; схвал погод дозвол
reject/reject: reject deni deny disapprov block; відхил відмов забор
delay/reject: delay postpon; відкла відтерм переніс
launch/start: launch debut unveil introduc roll; запус представ
halt/stop: halt suspend paus freez froze shut; призупин зупин заморо закрив
resume/start: resum restart reopen; віднов
hack: hack exploit breach drain stole steal theft attack; злам викра атак хак
lawsuit: sue sued sues lawsuit alleg; позов позива звинува
settle: settl; врегул мировa
fine: fine penalti penalty; штраф
charge: charg indict; обвинув
arrest: arrest detain; арешт затрим
sentence: sentenc convict prison jail guilti guilty; вирок засуд винн увʼязн ув'язн
raise: rais fund round; залуч раунд інвест
invest: invest stake; інвест
list: list; лістинг
delist/stop: delist; делістинг
rise/up: abov ris rise rose surg jump climb gain add soar ralli rally rebound; зріс зроста підскоч подорожч злет відскоч
fall/down: below fall fell drop plung slid slip slump tumbl sink sank crash declin; впа пада знизи обвал подешев просі
record: record ath; рекорд максимум
etf: etf; етф біржов
stablecoin: stablecoin; стейблкоїн
reserve: reserv; резерв
inflow/in: inflow; приплив надходж
outflow/out: outflow; відплив відтік
mine: miner mining; майн
upgrade: upgrad fork hardfork; оновлен форк
layoff: layoff staff workforc employe job; звільн скороч персонал
partner: partner team collabor; партнер співпрац
bankruptcy: bankruptc insolv; банкрут неплатоспром
license: licens author; ліценз
law: bill law legisl; законопро закон
rate: rate; ставк
court: court judg; суд
ban/reject: ban bans outlaw prohibit; заборон
bitcoin: bitcoin btc; біткоїн біткойн
ethereum: ethereum ether eth; етеріум ефіріум ефір
wallet: wallet; гаманц гаманець
exchange: exchang; бірж
bank: bank; банк
token: token; токен
fund: fund; фонд
million: million; мільйон млн
billion: billion; мільярд млрд
tax: tax; подат
treasury: treasuri treasury; скарбниц казнач
merge: merg; злит обєдн об’єдн
ceo: ceo chief; гендирект директор
resign: resign step quit; піде звільняє відстав
plead: plead admit; визна
prosecutor: prosecut; прокур
vote: vote; голосу проголосу
solana: solana sol; солан
ripple: xrp; рипл
litecoin: litecoin ltc; лайткоїн
`

/** Coins: headlines about different ones tell of different things. */
export const coins = new Set(['bitcoin', 'ethereum', 'solana', 'ripple', 'litecoin'])

/** Said of nearly everything: these tell little. */
export const weakWords = new Set(
  (
    'bitcoin ethereum exchange bank token fund million billion crypto cryptocurr market price digit ' +
    'asset blockchain network compani firm trader trade invest new report say said year month week ' +
    'day million rate court law crypt крипт криптовал ринок ринк цін актив мереж компан нов рок місяц тижн ' +
    'день дол долар usd us dollar percent after amid over with from that this will have more than into його ' +
    'яка який для про після через від при над під був була було бул цього також monday tuesday wednesday ' +
    'thursday friday saturday sunday january february march april may june july august september ' +
    'october november december january februari січн лют берез квітн травн червн липн серпн вересн ' +
    'жовтн листопад грудн quarter квартал понеділ вівтор серед четвер пятниц субот неділ'
  ).split(' '),
)

const stems: (EventWord & { stem: string })[] = table
  .trim()
  .split('\n')
  .flatMap((line) => {
    const [head = '', list = ''] = line.split(':')
    const [word = '', turn] = head.split('/')
    return list
      .split(/[\s;]+/)
      .filter((stem) => stem !== '')
      .map((stem) => ({ stem, word, turn }))
  })
  .toSorted((a, b) => b.stem.length - a.stem.length)

/** What a stem means in both languages; undefined for words that are not in the table. */
export function findEventWord(stem: string): EventWord | undefined {
  return stems.find((one) => (one.stem.length > 4 ? stem.startsWith(one.stem) : stem === one.stem))
}
