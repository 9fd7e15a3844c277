/**
 * What became of something, in both languages: `dimension value: patterns`. In each dimension the first
 * value whose pattern stands in a headline counts, so that `appeals the sentence` is an appeal. Two
 * values of one dimension are two events. A pattern begins at the beginning of a word; `_` is its end.
 */
const table = `
decision -delay: delay|postpon|push(?:es|ed) .{0,25}back_|extends? .{0,20}deadline|must wait|push(?:es|ed) back|puts? off|put on hold|відкла|відтерм|перен[еі]с
decision -reject: reject|refus|disapprov|vot(?:es|ed) down|turn(?:s|ed) down|fail|defeat|block(?:s|ed)_|no 5x|відхил|відмов|провал|не (?:схвал|підтрим|ухвал|набра|дозвол)
decision approve: approv|pass(?:es|ed)_|clear(?:s|ed)_|back(?:s|ed)_|(?<!is )back_(?! (?:to|in|at|on|up|from|online|under|above|over)_)|green ?li|nod_|wins?_(?! dismissal)|allow|ухвал|схвал|підтрим|дозвол
decision ask: fil(?:es|ed)_|appl(?:y|ies|ied)_|submit|to vote_|will vote_|consider|розгля|пода(?:в|ла|ли|є)_|проголосує
listing -delist: delist|remov(?:e|es|al)_|делістинг|вилуча|припин[^.]{0,12} торги
listing list: lists?_|listed_|listing_|лістинг|відкриває торги|додає
running -end: cancel|scrap[a-z]* .{0,15}(?:plan|launch|deal|ipo|token)|shelv|call(?:s|ed) off|скасу|закрива
running resume: unfreez|розморо|resum|reopen|restart|is back_|back online|відновив|відновил|відновлює|знову (?:запусти|дозволи|відкри)
running -halt: halt|suspend|paus|stops?_|stopped_|призупин|зупин
running halt: freez|froze|замороз
timing planned: schedul|sets? (?:a |the )?date|picks? (?:a |the )?date|призначили|запланува|перенесли|відбудеться|will (?:happen|take place)
timing done: activat|goes? live|went live|takes? effect|took effect|активува|запрацюва|набу(?:в|ла|ли) чинності
net -test: testnet|тестнет|тестов[а-я]+ мереж|hoodi|holesky|sepolia
net main: mainnet|мейннет|основн[а-я]+ мереж
reading first: first reading|перш[а-я]+ читанн
reading second: second reading|друг[а-я]+ читанн
trade none: did not buy|не (?:купува|придба)
trade -off: ends? talks|end(?:s|ed) .{0,30}talks|is off_|walk(?:s|ed) away|відмови[а-я]+(?: ся)? від купів|припинил[а-я]+ переговори
trade talks: in talks|talks to|late-stage|close to_|nears_|explor|близьк[а-я]+ до куп|веде переговори|переговори про
trade buy: (?:sells?|sold)_ .{2,40} to_ (?!(?:fund|buy|pay|cover|raise|finance|repay|meet|cut)_)
trade sell: sells?_|sold_(?! out)|selling_|offload|divest|прода
trade buy: takeover|completes? purchase|buys?_|buying_|bought_|acquir|purchas|scoop|adds?_|added_|lifts? .{0,20}stake|rais[a-z]+ .{0,20}stake|купи|придба|докупи|збільши|нарости
law ask-pardon: (?:asks?|seeks?|pleads?) .{0,20}pardon|попроси[а-я]+ .{0,20}помилува
law pardon: pardon|помилува
law settle: settl(?!ement (?:to|for|on|layer)_|.{0,6} (?:in|with it) )|to end .{0,20}case|fight ends|врегул|мирову|заверш[а-я]+ справ
law -drop: (?:toss(?:es|ed)?|thr(?:o|e)ws?(?: out)?|drops?|dropped|dismiss[a-z]*|withdraws?|withdrew) .{0,30}(?:lawsuit|suit|class action|case|appeal|probe|investigation)|dismissal|(?:відклика|відхили)[а-я]+ .{0,25}(?:позов|скарг)|відклика|закри[а-я]+ (?:справ|розсліду)
law appeal: appeal|апеляц|оскарж
law acquit: acquit|виправда
law extradite: extradit|deport|hand(?:s|ed) over|екстрад|видал[аи]
law plead: plead|plea_|admit(?:s|ted)? .{0,12}guilt|визна(?:в|ла) (?:себе |провин)
law ask-sentence: asks? .{0,20}sentence|seeks? .{0,20}(?:sentence|years|prison)
law sentence: sentenc|gets .{0,20}(?:years|months|prison)|засуд|вирок
law convict: convict|found guilty|guilty|визна(?:ли|но) винн
law release: free(?:s|d)?_|releas|on bail|звільни[а-я]+ з-під|випусти[а-я]+ під
law arrest: arrest|detain|held_|затрим|заарешт
law charge: charg(?:es|ed)_|indict|обвинув|підозр
law sue: sues?_|sued_|alleges?_|lawsuit|suit_|позов|позива
theft return: return(?:s|ed)?_|поверну
theft bounty: bount|reward|винагород
theft steal: hack|exploit|drain|steal|stole|loses_|злам|вивели|втрати|викра
ban lift: (?:lift|end|repeal|revers)[a-z]* .{0,20}ban_|legali[sz]|легаліз|(?:скасу|зня)[а-я]+ .{0,20}заборон
ban on: bans?_|banned_|outlaw|prohibit|заборон
licence lose: revok|strip[a-z]* .{0,20}licen|(?:loses?|lost) .{0,20}licen|анулю|позбав[а-я]+ ліценз|відклика[а-я]+ ліценз
licence get: (?:grant|obtain|secur|receiv|wins?|won|gets?)[a-z]* .{0,30}licen|отрима[а-я]+ .{0,20}ліценз|(?:нада|вида)[а-я]+ .{0,20}ліценз
result loss: net loss|loss of_|swings? to .{0,10}loss|збиток|збитк
result profit: profit|прибут
supply burn: burn|спали
supply mint: mint(?:s|ed)_|викарбу|емітува
door close: clos(?:es|ed|ing)_|shut|закри
door open: opens?_|opened_|launches_|відкри
service down: outage|offline|go(?:es)? dark|збій|збою|не працю|недоступ
access closed: blocks?_|blocked|restrict|забло|обмежи
access open: lets_|can now_|allow|дозвол|запусти|купівля
follow -explain: what (?:it|this|we|you|to|comes|happen|next)|why_|explain|explained|^how_|inside_|lessons|timeline|guide|що (?:це|означає|відомо|далі|змін)|чому_|^як_|навіщо|роз.яснення|пояснюємо
follow -after: clash|disown|queries|queried|dismiss(?!.{0,12}(?:case|suit|lawsuit|charge|appeal))|react|respond|(?:hit|clap|fire|push)(?:s|es|ed)? back|critici[sz]|condemn|prais|hails?_|applaud|welcom|mocks?_|vents?_|balks?_|attack(?:s|ed)? .{0,12}(?:charter|plan|rule|bill|law|decision|ban_|proposal|regulator|policy)|urg(?:es|ed)_|blasts?_|blasted_|blam|accus|lash|explain|review|comment|slams?_|defend|recover|denounc|розкритик|похвал|обур|звинува|(?:days?|weeks?|months?) after|прокомент|відреаг|поясни|розповіл|відповіл|відповів|поверну|перегляд
follow -warn: warns?_|warned|urges?_|calls? for|попереди|попереджа|закликa|заклика
side against: against_|oppos|проти_
side for: supports?_|in favou?r|endors|на підтримку
office leave: resign|step(?:s|ped)? down|quits?_|leaves_|depart|іде з посади|залиша[а-я]+ посаду|піш(?:ов|ла) з посади
office join: nam(?:es|ed)_|appoint|hires?_|призначи|стала_|очоли
sanction lift: lifts? .{0,20}sanction|remov[a-z]+ .{0,40}sanction|delisted from sanction|зня(?:ли|в|ла|то) .{0,20}санкц
sanction add: sanction|blacklist|санкці
claim -deny: den(?:y|ies|ied)_|refut|not true|false_|no plans|rejects? (?:the |a )?(?:report|rumou?r|claim)|retract|apologi[sz]|hoax|вибачи|хибн|заперечи|заперечу|спросту|неправд
price up: doubl|tripl|(?:pass|exceed)(?:es|ed)?_|коштує понад|перевищи|ris(?:e|es|ing)_|rose_|climb|jump|surg|soar|rall(?:y|ies|ied)_|rebound|gain|tops?_|above_|зріс_|зроста|подорож|піднявся|підскоч|злет|вище_
price down: fall(?:s|ing|en)?_|fell_|drop(?:s|ped)?_|plung|slid|slips?_|slump|tumbl|sink|sank|crash|declin|below_|under [$€]|впав_|впала_|пада|знизи(?:вся|лася|лася|лося)|обвал|подешев|дешевша|просі|просів|нижче_
rate cut: cuts?_|lower(?:s|ed)_|trims?_|reduc|зни[зж]
rate hike: hik|rais|підвищ
rate hold: holds?_|keeps?_|kept_|leaves?_|left_|unchanged|steady_|зберіг|залиш|лишає|не змін
flow in: inflow|took in_|надход|надійш|приплив
flow out: outflow|bleed|shed(?:s|ding)?_|exit_|exits_|lo(?:se|ses|st)_|withdrawal|pull(?:s|ed)_|withdr|вивели|вивед|відтік|відплив|втрати
capital raise: joins? .{0,20}round|rais(?:e|es|ed|ing)_ .{0,20}[$€£]|series [a-e]_|(?:funding|seed|financing|strategic|investment) round|leads? .{0,25}(?:round|bet)_|valuation|pulls? in .{0,4}[$€£]|(?:bags?|nets?|lands?|secures?|secured|closes?) .{0,4}[$€£]|залуч|раунд|оцін(?:или|ена|ці|ки)
product launch: launch|unveil|debut|introduc|roll(?:s|ed|ing)? out|releas|starts?_|started_|begins?_|began_|(?:goes?|going|went) live|activat|lands? on|arriv|brings?_|brought_|is here|opens?_|opened_|запус|випус[кт]|представ(?!ни)|презент|виве(?:ла|в|ли|де)_|дебют|активув|старт|запрацю|відкри|увів|ввів|ввела|впрова|роздал
offer give: accept|add(?:s|ed)? support|integrat|enabl|lets?_|allow|permit|can now|able to|will offer|to offer|open(?:s|ed)? .{0,25} to_|available|приймат|інтегр|дозвол|зможуть|можна|доступ|відкрива
pact sign: partner|team(?:s|ed)? up|collaborat|join(?:s|ed)? forces|alliance|agree|pact_|sign(?:s|ed)_|tap(?:s|ped)?_|picks?_|picked_|choos|chose_|select|партнер|співпрац|уклал|підписа|домови|обрал|обрав
listing debut: debut|first (?:day|session)|(?:starts?|begins?) trading|дебют|перший день
tax set: tax|levy|подат
register set: regist|реєстр
firms merge: merg|purchase of|combin|share swap|tak(?:es?|ing) over|took over|takeover|acqui|buys?_|bought_|злит|об.єдн|поглин|придба|купи|купує
payment settle: settl.{0,12} in_|settlement|pay .{0,14}in (?:stable|crypto|usd|bit)|розрахун|розрахов
pay penalty: fine[sd]?_|penalt|pays?_|paid_|settle|штраф|сплат
assets seize: seiz|confiscat|impound|forfeit|вилуч|конфіск
crime bust: arrest|detain|затрим|заарешт|(?:takes?|took|taken) down|dismantl|bust(?:s|ed)?_|crack(?:s|ed)? down|goes? down|raid|shut(?:s)?_|searche[sd]|uncover|expos|ліквідув(?!.{0,12}позиц)|викри|знешкод|обшук|накри
money repay: compensat|reimburs|refund|made? whole|(?:hand|giv|pay)[a-z]* back|repa[iy]|return|distribut|share out|payout|pay(?:s)? out|відшкод|компенс|поверн|виплат
jobs cut: lay(?:s|ing)? off|laid off|layoff|(?:cut|slash|trim|shed|ax|eliminat|reduc)[a-z]* .{0,25}(?:staff|jobs?|workforce|employees|positions|roles|headcount)|jobs? (?:will )?go_|job cuts|скороч|звільн(?!.{0,6} з-під)
inquiry open: prob(?:e|es|ed|ing)_|investigat|inquir|scrutin|subpoena|розслід|перевір
coins move: mov(?:e|es|ed|ing)_|transfer|shift(?:s|ed|ing)?_|sends?_|sent_|deposit(?:s|ed)?_|wak(?:e|es)_|woke_|dormant|перемі|переказ|надісл|переве[лд]|прокину|неактивн
market exit: exit|leav(?:e|es|ing)_|left_|quit|wind(?:s|ing)? down|abandon|pull(?:s|ed|ing)? out|goodbye|withdraw(?:s|ing)?_|walk(?:s|ed)? out|departs?_|departed_|(?:вихо|вийш)[а-яії]+ (?:з|із)_|залиша|залиши|згорта|покида|покину|припиня
output make: mine[sd]?_|produc|output_|видобу|добу(?:в|ла|ли|то)_
funds freeze: freez|froze|blocks?_|blocked_|замороз|забло
shares float: IPO_|go(?:es|ing)? public|S-1_|draft registration|первинн[а-яї]+ розміщ
market enter: enters?_|entered_|comes? to_|came to_|expand(?:s|ed)? (?:in)?to_|(?:вихо|вийш)[а-яії]+ (?:на|до)_
rules set: regulat(?!ors?_)|regime|framework|rulebook|rules?_|guideline|legislation|регулю|правил|законопро
rating cut: downgrad|worst (?:grade|score|rating)|(?:cut|lower|slash)[a-z]* .{0,30}(?:rating|score|assessment)|(?:to|its) (?:lowest|weakest|junk)|rated .{0,2}weak|погірш|(?:знизи|пониз)[а-яє]+ .{0,20}(?:оцінк|рейтинг)|найнижч[а-яї]+ оцінк
rating raise: (?:upgrad|rais|lift)[a-z]* .{0,30}(?:rating|score|assessment)|(?:підвищи|поліпши)[а-яє]+ .{0,20}(?:оцінк|рейтинг)
rating keep: (?:affirm|keep|reaffirm)[a-z]* .{0,30}(?:rating|score|assessment)|(?:підтверди|зберег)[а-яє]+ .{0,20}(?:оцінк|рейтинг)
estimates miss: miss(?:es|ed)?_|(?:falls?|fell) short|below (?:estimates|expectations|forecasts)|не виправда|нижч[а-яє]+ (?:за|від) (?:очік|прогноз)
estimates beat: beats?_|beating_|tops? (?:estimates|expectations|forecasts)|exceed|above (?:estimates|expectations|forecasts)|перевищи|вищ[а-яє]+ (?:за|від) (?:очік|прогноз)
wish apply: appl(?:y|ies|ied|ication)|fil(?:es|ed|ing)_|submit|seeks?_|sought_|wants?_|plans?_|planning_|asks?_|asked_|request|petition|aims?_|eyes?_|intend|is going to|prepar|пода(?:в|ла|ли|є|ють)|заявк|просит|прос[ия]|хоче|хочуть|плану|звернул|готу|намір
ruling give: rul(?:es|ed|ing)_|verdict|sid(?:es|ed) with|orders?_|ordered_|постанов|рішенн
votes cast: vot(?:e|es|ed|ing)_|referend|голосу
stake change: stake|stakes|holding|share of|частк|пакет акцій
hoard grow: buys?_|bought_|add(?:s|ed|ing)?_|scoop|snap(?:s|ped)? up|grab|purchas|accumulat|acquir|top(?:s|ped)? up|spen[dt]|stack|купи|придба|докуп|збільш|нарост|поповн
prison term: (?:years|months)(?: in prison| behind bars|[- ]term| sentence)|sentenc|jail|prison|behind bars|ув.язн|в.язниц|засуд|вирок|ґрат
limit set: cap(?:s|ped)?_|limit|ceiling|restrict|curb|обмеж|ліміт|стел
extreme reach: record|all-time|highest|lowest|[a-z]+-(?:month|year|week|day) (?:low|high)|milestone|peak|рекорд|максимум|мінімум|найвищ|найнижч
token airdrop: airdrop|hand(?:s|ed)? out|goes? out to|distribut|claims?_ open|drop(?:s|ped)? .{0,8}(?:to|on) .{0,12}wallets|ейрдроп|аірдроп|роздач|розда(?:ла|в|ли)
price-move rout: liquidat|wip(?:e|ed)_|rekt|sell-?off|rout_|ліквідац|розпрод
charter get: charter|licen[sc]|permit|approv|authori[sz]|green ?li|nod_|clear(?:s|ed|ance)?_|go-ahead|conditional|ліценз|дозв[оі]л|схвал|погод
custody take: takes? (?:the )?(?:job|helm|reins|post)|named_|names_|appoint|hires?_|co-ceo|becom|became_|steps? up|to lead_|will lead|will run|new (?:ceo|chief|head|chair)|promoted|elevat|призначи|стала_|став_|стане_|очоли|керівни(?:к|ц)(?:ом|ею)
money lose: los(?:e|es|ing|t)_|loss|stolen|stole|steal|drain|gone_|siphon|vanish|exploit|hack|breach|втрат|злам|викра|вивели|вивів|зник
return-to market: re-?launch|is back|return(?:s|ed)? to|re-?open|resum|re-?launch|re-?enter|once more|again_|поверта|поверну|відновл|відновив|знову
`

/** Dimensions that count only where the headline is about such a thing. */
const subjects: Record<string, RegExp> = {
  rate: /(?<!\p{L})(?:rates?(?!\p{L})|borrowing costs|basis points|ставк|базисн)/iu,
  flow: /(?<!\p{L})(?:ETFs?(?!\p{L})|funds?(?!\p{L})|фонд)/iu,
}

type State = { dimension: string; value: string; isNegative: boolean; pattern: RegExp }

const states: State[] = table
  .trim()
  .split('\n')
  .map((line) => {
    const [, dimension = '', minus, value = '', patterns = ''] =
      /^(\S+) (-?)(\S+): (.*)$/.exec(line) ?? []
    const ended = patterns.replaceAll('_', '(?!\\p{L})')
    const pattern = new RegExp(`(?<![\\p{L}-])(?:${ended})`, 'iu')
    return { dimension, value, isNegative: minus === '-', pattern }
  })

/** What became of the thing that a story is about. */
export type EventState = {
  /** By dimension what the headline says. */
  inTitle: Map<string, string>
  /** What the headline says to happen, as `dimension value`, without what it names as the background. */
  actions: Set<string>
  /** Of these, what is said first. */
  mainActions: Set<string>
  /** `actions`, and those of the first sentences. */
  statements: Set<string>
  /** By dimension all that the first sentences say. */
  inLead: Map<string, Set<string>>
  /** The headline says that something is not, or no more. */
  isTitleNegative: boolean
  isLeadNegative: boolean
  /** The headline says that something may be, as `considers buying`. */
  isTitleTentative: boolean
  /** The headline or the first sentences say that it is not done yet. */
  isOpen: boolean
  /** The headline or the first sentences are those of a series: a digest, a look at the charts. */
  isSerial: boolean
}

const negation =
  /(?<!\p{L})(?:not|no|never|neither|cannot|without|\p{L}+n[’']t|не(?! працю)|ні|жодн\p{L}*|немає|без)(?!\p{L})/iu

/** It says of another's `cannot be` that it is the same. */
const opposition = /(?<!\p{L})(?:against(?!\p{L})|oppos(?!it)|проти(?!\p{L}))/iu

const tentative =
  /(?<!\p{L})(?:consider|weigh(?:s|ed|ing)?(?!\p{L})|mull|explor|in talks|could|may|might|seeks?(?!\p{L})|eyes(?!\p{L})|looks? to|rumou?r|reportedly|warns? of|розгляда|обмірков|вивча[єю]|шукає|хоче|хочуть|може(?!\p{L})|можуть|міг(?!\p{L})|ймовірно|нібито)/iu
/** Words that go with what a headline calls possible, where they say no more than that. */
const open =
  /(?<!\p{L})(?:talks?|negotiat|plan|propos|wants?(?!\p{L})|want(?:s|ed)|asks?(?!\p{L})|appl(?:y|ies|ied)|appli|draft|intend|aims?|prepar|discuss|possib|potential|sources|people familiar|would|if|request|petition|search|look(?:s|ing) (?:at|into|for)|перегов|план|пропон|заяв|проєкт|намір|готу|обговор|можлив|джерел|якщо|просит|пошук)/iu

const serialTitle =
  /(?<!\p{L})(?:price (?:analysis|predictions?|watch)|technical analysis|(?:morning|evening|daily|weekly|midday|monthly|market|markets|crypto|weekend|news)(?: \p{L}+)? (?:brief|briefing|update|updates|wrap|recap|report card|roundup|round-up|digest|minute|letter|newsletter|outlook|highlights)(?!\p{L})|newsletter|digest|roundup|round-up|recap|(?:what|things|stories|charts|events) (?:you need )?to (?:know|watch)|(?:week|day|month|year) (?:ahead|in review|in crypto)|this week in|top stories|live updates|here[’']s what happened|first mover|podcast|аналіз ціни|прогноз ціни|технічний аналіз|огляд ринку|дайджест|підсумки (?:дня|тижня|місяця|року)|головне за|головні (?:новини|події)|(?:ранковий|вечірній|щоденний|щотижневий) (?:огляд|брифінг|дайджест|випуск)|новини (?:дня|тижня)|події тижня|подій тижня|тиждень у|що (?:варто|треба|потрібно) знати)|^\d+ (?:things|stories|charts|facts|reasons|головних|подій|новин|причин)/iu
const serialLead =
  /^(?:good (?:morning|evening|afternoon)|доброго (?:ранку|вечора|дня)|добрий (?:ранок|вечір|день)|your (?:guide|daily|weekly)|welcome to|here are (?:the )?\p{L}+ (?:things|stories))|(?<!\p{L})our (?:daily|weekly|monthly) (?:wrap|newsletter|roundup|digest|look|column)|збірка головних|дайджест/iu

/** The state of the event of a story in English or Ukrainian. */
export function toEventState({ title, lead }: { title: string; lead: string }): EventState {
  const inTitle = new Map<string, string>()
  const inLead = new Map<string, Set<string>>()
  let isTitleNegative = negation.test(title)
  let isLeadNegative = negation.test(lead) || opposition.test(`${title} ${lead}`)
  const ambiguous = new Set<string>()
  for (const { dimension, value, isNegative, pattern } of states) {
    if (subjects[dimension] && !subjects[dimension].test(`${title} ${lead}`)) continue
    if (pattern.test(title)) {
      isTitleNegative ||= isNegative
      if (dimension === 'price' && inTitle.has(dimension)) ambiguous.add(dimension)
      if (!inTitle.has(dimension)) inTitle.set(dimension, value)
    }
    if (!pattern.test(lead)) continue
    isLeadNegative ||= isNegative
    inLead.set(dimension, (inLead.get(dimension) ?? new Set()).add(value))
  }
  // `rose, then fell` says neither.
  for (const dimension of ambiguous) inTitle.delete(dimension)
  return {
    inTitle,
    ...toActions(title, lead),
    inLead,
    isTitleNegative,
    isLeadNegative,
    isTitleTentative: tentative.test(title),
    isOpen: [title, lead].some((text) => tentative.test(text) || open.test(text)),
    isSerial: serialTitle.test(title) || serialLead.test(lead),
  }
}

/**
 * `TORN doubles as US lifts sanctions`, `Most of the money that was stolen`: an event in the
 * background or in a relative clause happened before.
 */
const background =
  /(?<!\p{L})(?:as(?! (?:a|an|the)(?!\p{L}))|after|amid|over|following|despite|since|before|ahead of|once|because|while|which|who|that|after|після|через|на тлі|попри|перед|якого|якій|якому|який|яка|яке|які|оскільки|коли)(?!\p{L})[^,.;:|\n]*/giu

/** The text without what it names as the background. */
export const withoutBackground = (text: string): string => text.replace(background, ' ')

function toActions(title: string, lead: string) {
  const says = (text: string) => {
    const news = withoutBackground(text)
    return states.flatMap(({ dimension, value, pattern }) => {
      if (subjects[dimension] && !subjects[dimension].test(`${title} ${lead}`)) return []
      const at = news.search(pattern)
      return at < 0 || dimension === 'follow' ? [] : [{ action: `${dimension} ${value}`, at }]
    })
  }
  const inTitle = says(title)
  const first = Math.min(...inTitle.map(({ at }) => at))
  const actions = new Set(inTitle.map(({ action }) => action))
  return {
    actions,
    mainActions: new Set(inTitle.filter(({ at }) => at === first).map(({ action }) => action)),
    statements: new Set([...actions, ...says(lead).map(({ action }) => action)]),
  }
}

/** In these the first sentences count where the headline says nothing. */
const decisive = new Set(['decision', 'listing', 'trade', 'ban', 'licence', 'reading', 'running'])

/** People are arrested and charged at once. */
const areSteps = (one: string, other: string) =>
  [one, other].every((value) => value === 'arrest' || value === 'charge')

/** Both headlines say what became of something, and the other story says it of neither. */
export function areUnlike(a: EventState, b: EventState): boolean {
  const isIn = (one: EventState, other: EventState) =>
    [...one.inTitle].some(
      ([dimension, value]) =>
        other.inTitle.get(dimension) === value || other.inLead.get(dimension)?.has(value),
    )
  return a.inTitle.size > 0 && b.inTitle.size > 0 && !isIn(a, b) && !isIn(b, a)
}

/** Whether two states cannot be of one event: another value, or one of them says that it is not so. */
export function areContrary(a: EventState, b: EventState): boolean {
  return isContraryTo(a, b) || isContraryTo(b, a)
}

function isContraryTo(a: EventState, b: EventState): boolean {
  for (const [dimension, value] of a.inTitle) {
    const other = b.inTitle.get(dimension)
    if (other !== undefined && other !== value && !areSteps(value, other)) return true
    const inLead = b.inLead.get(dimension)
    const isSettled = decisive.has(dimension) && other === undefined
    if (isSettled && inLead && !inLead.has(value)) return true
  }
  if (a.isTitleTentative && !b.isOpen) return true
  return a.isTitleNegative && !b.isTitleNegative && !b.isLeadNegative
}
