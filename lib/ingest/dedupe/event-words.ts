/** A word for what happened, the same for both languages. */
export type EventWord = { word: string }

/**
 * What crypto news says again and again, as stems: `canonical: English stems; Ukrainian stems`.
 * A stem stands for every word that begins with it.
 */
const table = `
acquire: acquir buy buys buyout takeover bought; купує купив купил придба поглин
sell: sell sold offload divest; прода продає
approve: approv greenlight clear; схвал погод дозвол
reject: reject deni deny disapprov block; відхил відмов забор
delay: delay postpon; відкла відтерм переніс
launch: launch debut unveil introduc roll; запус представ
halt: halt suspend paus freez froze shut; призупин зупин заморо закрив
resume: resum restart reopen; віднов
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
delist: delist; делістинг
rise: abov ris rise rose surg jump climb gain add soar ralli rally rebound; зріс зроста підскоч подорожч злет відскоч
fall: below fall fell drop plung slid slip slump tumbl sink sank crash declin; впа пада знизи обвал подешев просі
record: record ath; рекорд максимум
etf: etf; етф біржов
stablecoin: stablecoin; стейблкоїн
reserve: reserv; резерв
inflow: inflow; приплив надходж
outflow: outflow; відплив відтік
mine: miner mining; майн
upgrade: upgrad fork hardfork; оновлен форк
layoff: layoff staff workforc employe job; звільн скороч персонал
partner: partner team collabor; партнер співпрац
bankruptcy: bankruptc insolv; банкрут неплатоспром
license: licens author; ліценз
law: bill law legisl; законопро закон
rate: rate; ставк
court: court judg; суд
ban: ban bans outlaw prohibit; заборон
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
pardon: pardon; помилува
appeal: appeal; апеляц оскарж
sanction: sanction blacklist; санкці
outage: outag offlin; збій збою збо
talk: talk negoti; перегов
police: polic; поліц кіберполіц
founder: founder cofound; засновни співзаснов
president: presid; презид
value: valu; оцінк
cut: cut lower trim reduc; знизи зниж
keep: keep kept hold unchang; зберіг залиш лишає
return: return; поверну
app: app; застосун додат
savings: saving; заощадж
liquidation: liquidat; ліквід
investor: investor; інвестор
report: report; звіт повідом
volume: volum; обсяг
capitalization: capitaliz; капіталіз
developer: develop; розробни
network: network; мереж
validator: valid; валідатор
test: testnet; тестнет тестов
`

/** Headlines about different coins are about different events. */
export const coins = new Set(['bitcoin', 'ethereum', 'solana', 'ripple', 'litecoin'])

/** Words of nearly every story, which distinguish none. */
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
    const [word = '', list = ''] = line.split(':')
    return list
      .split(/[\s;]+/)
      .filter((stem) => stem !== '')
      .map((stem) => ({ stem, word }))
  })
  .toSorted((a, b) => b.stem.length - a.stem.length)

/** What a stem means in both languages; undefined for words that are not in the table. */
export function findEventWord(stem: string): EventWord | undefined {
  return stems.find((one) => (one.stem.length > 4 ? stem.startsWith(one.stem) : stem === one.stem))
}

/** Words that say nothing about an event. */
export const stopWords = new Set(
  (
    'the and for its has had was were are but not out off all any can could may might his her their they ' +
    'who what when where which while also just about been being does did told such some most other only ' +
    'of in on at to by as is it an or if be we he us up no so до на за по із зі та що як це не він вона вони ' +
    'їх їхн свої своє свій цей ця ці той та те або але чи ще вже лише тільки коли якщо де'
  ).split(' '),
)
