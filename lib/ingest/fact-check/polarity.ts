import type { DictionaryLanguage } from '#lib/node/dictionary.ts'

/** What a sentence denies and which way it says that something moved. */
export type Polarity = {
  /**
   * How many things are denied in plain words: not, never, without, не, немає, жоден. Ukrainian denies
   * one thing with several words (ніхто нічого не знає): the least and the most that they may be.
   */
  denials: number
  mostDenials: number
  /**
   * How many words deny in another way, so that a translator may have used them: fail, ban, un-,
   * відмовитися. By their sense, in the order of `hiddenDenials`.
   */
  hidden: number[]
  /** Of those, the ones that hardly any translation renders without denying: unless, failed, ані, бракує. */
  firm: number
  up: number
  down: number
}

/** Denials and directions of an English or Ukrainian sentence. */
export function readPolarity(sentence: string, language: DictionaryLanguage): Polarity {
  const plain = sentence.replace(/[’ʼ]/g, "'")
  const count = (pattern: RegExp) => plain.match(pattern)?.length ?? 0
  const { denial, repeated, up, down } = patterns[language]
  return {
    denials: Math.max(0, count(denial) - count(repeated)),
    mostDenials: count(denial),
    hidden: hiddenDenials.map((sense) => count(sense[language])),
    firm: count(firmDenials[language]),
    up: count(up),
    down: count(down),
  }
}

const whole = (words: string) => new RegExp(`(?<![\\p{L}'-])(?:${words})(?![\\p{L}'-])`, 'giu')

const firmDenials: Record<DictionaryLanguage, RegExp> = {
  en: whole(
    'unless|except|rather than|instead of|far from|prevent\\p{L}*|avoid\\p{L}*|reject\\p{L}*|resist(?:s|ed|ing)?|bann(?:ed|ing)|unfit|hardly|barely|scarcely|fail(?:s|ed|ing)?|unable|unaware|unsure|leav\\p{L}* out|lack(?:s|ed|ing)?|missing|absence|refus(?:e|ed|es|ing|al)|wrong|forbidden|unknown|unclear|inaccurate|otherwise|disagree\\p{L}*',
  ),
  uk: whole(
    'ані|навряд|ледве|ледь|бракує|бракувало|відсутн\\p{L}+|неможлив\\p{L}+|невідом\\p{L}+|неточн\\p{L}+|заборонен\\p{L}+|невдач\\p{L}+|уник(?:нути|ати)',
  ),
}

/** What denies without a plain denial, by sense: words of one sense stand for each other. */
const hiddenDenials: Record<DictionaryLanguage, RegExp>[] = (
  [
    [
      'refus\\p{L}*|reject\\p{L}*|resist\\p{L}*|opposed|den(?:y|ies|ied)\\p{L}*',
      'відмов\\p{L}*|відхил\\p{L}*|відкин\\p{L}*|запереч\\p{L}*|проти|оп(?:ір|ор)\\p{L}*',
    ],
    ['ban(?:s|ned|ning)?|forbid\\p{L}*|forbad\\p{L}*|prohibit\\p{L}*', 'заборон\\p{L}*'],
    [
      'prevent\\p{L}*|avoid\\p{L}*|bypass\\p{L}*|escap\\p{L}*|spar(?:e|ed|es)|(?:stay|keep|kept)\\p{L}* away|removed? the need',
      'уник\\p{L}*|завад\\p{L}*|заважа\\p{L}*|запобіг\\p{L}*|[ув]трима\\p{L}*|оми(?:н|ну)\\p{L}*',
    ],
    [
      'lack\\p{L}*|want of|absen\\p{L}*|miss(?:es|ed|ing)?|deficien\\p{L}*|shortage\\p{L}*|shortfall\\p{L}*|scarce|out[ -]of(?:-\\p{L}+)?|free of',
      'брак\\p{L}*|відсутн\\p{L}*|позбав\\p{L}*|нестач\\p{L}*|нуль\\p{L}*|безвісти|зник\\p{L}*|пропа[влс]\\p{L}*',
    ],
    [
      'stop\\p{L}*|ceas\\p{L}*|halt\\p{L}*',
      'припин\\p{L}*|перест(?:а[лвнт]|ає|ають)\\p{L}*|зупин\\p{L}*|скасов\\p{L}*',
    ],
    ['except|unless|exclud\\p{L}*', 'виключ\\p{L}*|(?:о?крім)(?! (?:того|цього)(?!\\p{L}))'],
    ['instead of|rather than', 'замість'],
    [
      'hardly|barely|scarcely|rarely|seldom|(?<!\\ba )few|(?<!\\ba )little|fewer|less|slight\\p{L}*',
      'навряд|ледве|ледь|мало|рідко|небагат\\p{L}*',
    ],
    [
      'fail\\p{L}*|unable|anything but|far from',
      'провал\\p{L}*|підв(?:ед|ів|ел)\\p{L}*|далек\\p{L}*|ані',
    ],
    [
      'ignor\\p{L}*|neglect\\p{L}*|oblivious|forg[eo]t\\p{L}*',
      'ігнор\\p{L}*|байдуж\\p{L}*|(?:їм|йому|їй|мені|нам|вам) [ув]се одно|забу(?:в|ла|ло|ли|ти|т|де|дуть|ваєт)\\p{L}*',
    ],
    // What is bad is not good.
    [
      'bad(?:ly)?|worse|worst|poor(?:ly)?|difficult\\p{L}*|hard|fault\\p{L}*|mistake\\p{L}*|accidental\\p{L}*|danger\\p{L}*|weak\\p{L}*|rude\\p{L}*',
      'поган\\p{L}*|(?:най)?гірш\\p{L}*|важк\\p{L}*|складн\\p{L}*|помил\\p{L}*|випадков\\p{L}*|небезпе\\p{L}*|слаб\\p{L}*|груб\\p{L}*',
    ],
    [
      'otherwise|beyond|idle|wrong\\p{L}*|leav\\p{L}* out|left out|too(?= \\p{L}+ to(?!\\p{L}))|too (?:much|many|few|little|late)|than any|than ever|ever (?:before|seen|heard|been|had)',
      'інакше|поза|зайв\\p{L}*|задарма|навпаки|зовсім інш\\p{L}+',
    ],
    [
      'un(?!cle(?!a)|fortunat|install|plug|mount|ilater|maximi|rest|iform|ified|ify|der|it|ion|ique|ivers|til|less|able|veil|fold|derst)\\p{L}{3,}|in(?:valid|visible|complete|correct|sufficient|adequate|accurate|capable|ability|direct|significant|appropriate|active|effective|secure|finite|compatible|credib\\p{L}*|experienced|definite\\p{L}*)|im(?:perfect|mobile|possibl\\p{L}*)|ir(?:regular|relevant|responsib\\p{L}*)|il(?:legal|liquid|legitimate)\\p{L}*|dis(?:agree|allow|appear|approv|connect|continu|like|miss|obey|pute|regard|trust)\\p{L}*|\\p{L}{3,}less|non-?\\p{L}+|no-\\p{L}+',
      // Names have a capital: Нельсон, Невада. Another word has one where a sentence begins.
      '(?:(?-i:не)|(?<=^[«"“„]?)не)(?!нсі|льс|вад|залежн|велик|велич|щодавн|діл|обхідн|гайн|зважа|давн|рв|безпе|вдовз|одноразов|забаром|рухоміс|йтр|гатив|бо|бес|від’ємн|мов|наче|фт|п(?:т|ал)|сподіван|ймовірн)\\p{L}{3,}|(?-i:без)(?!умовн|віст|пек|печ|посередн|коштовн|ліч|перервн|сумнівн|перечн)\\p{L}{3,}',
    ],
  ] as const
).map(([en, uk]) => ({ en: whole(en), uk: whole(uk) }))

export const patterns: Record<
  DictionaryLanguage,
  Record<'denial' | 'repeated' | 'up' | 'down', RegExp>
> = {
  en: {
    denial:
      /(?<![\p{L}])(?:not|never|no(?! ?\.? ?\d)(?! longer than)|none|nobody|nothing|nowhere|neither|without|cannot|nor)(?![\p{L}'-])|(?<=\p{L})n't(?!\p{L})/giu,
    repeated:
      /(?<!\p{L})neither(?=[^.;]{0,80}(?<!\p{L})nor(?!\p{L}))|(?<!\p{L})not(?= (?:only|far|just|merely|least|long|to mention))|(?<=can|could)(?:n't| ?not)(?= help)|(?<=is)n't(?= (?:it|that|he|she)(?!\p{L}))|(?<=whether or )not(?!\p{L})|(?<!\p{L})not(?=[^.,;]{1,40} (?:until|till)(?!\p{L}))|(?<=\p{L})n't(?=[^.,;]{1,40} (?:until|till)(?!\p{L}))|(?<!\p{L})no(?= (?:doubt|problem|matter)(?!\p{L}))|(?<!\p{L})(?:no|not)(?= (?:more|less|fewer|later|earlier|longer) than)|(?<!\p{L})(?:none|neither|nobody|nothing|never)(?=[^.;]{0,60}(?:n't|(?<!\p{L})(?:not|no))(?!\p{L}))/giu,
    up: whole(
      'rise|rises|rose|risen|rising|rallied|rallies|rally|gain|gains|gained|climb\\p{L}*|jump\\p{L}*|surg\\p{L}*|soar\\p{L}*|increas\\p{L}*|grow|grows|grew|grown|growing|growth|higher|advanc(?:es|ed)|rais(?:e|es|ed|ing)|appreciat(?:ed|es)',
    ),
    down: whole(
      'fall|falls|fell|fallen|falling|drop|drops|dropped|dropping|declin\\p{L}*|decreas\\p{L}*|slump\\p{L}*|plung\\p{L}*|tumbl\\p{L}*|sank|sink|sinks|slid|slide|slides|lower|lowers|lowered|shrink\\p{L}*|shrank|shrunk|dip|dips|dipped|reduc\\p{L}*|loss|losses|lost|lose|loses|cut|cuts|crash\\p{L}*|depreciat\\p{L}*|plummet\\p{L}*',
    ),
  },
  uk: {
    denial:
      /(?<![\p{L}'-])(?:не|ні|немає|нема|без|жод(?:ен|ні|на|не|ного|ної|ному|ній|ну|ним|ною|них|ними)|ніхто|нікого|нікому|ніщо|нічого|нічому|нічим|ніколи|ніде|нікуди|ніяк\p{L}*)(?![\p{L}'-])/giu,
    repeated:
      /(?<![\p{L}'-])(?:жод\p{L}+|ніхто|нікого|нікому|ніщо|нічого|нічому|нічим|ніколи|ніде|нікуди|ніяк\p{L}*|ні)(?=[^.;]{0,80}(?<![\p{L}'-])(?:не|немає|нема|ні)(?![\p{L}'-]))|(?<=(?<![\p{L}'-])(?:не|немає|нема|без)(?![\p{L}'-])[^.;]{0,60})(?<![\p{L}'-])(?:жод\p{L}+|нікого|нікому|ніщо|нічого|нічому|нічим|ніколи|ніде|нікуди|ніяк\p{L}*|ні)(?![\p{L}'-])|(?<![\p{L}'-])не(?= (?:лише|тільки|просто|менш|більш|пізніш|раніш|сумніва|шкоду|полиш|припин|зупин|стриму|(?:м[оі][гж]\p{L}* )?стрима|сп(?:а(?:ти|в|л[аои])|и(?:ть|ш|мо|те)|лять)(?!\p{L})|м[оі][гж]\p{L}* не(?!\p{L})))|(?<=(?<!\p{L})не м[оі][гж]\p{L}* )не(?!\p{L})|(?<=(?<![\p{L}'-])не(?![\p{L}'-])[^.,;]{1,60}(?<!\p{L})(?:й|і|та|або|чи|ні)(?: \p{L}{1,4})? )не(?![\p{L}'-])|(?<=(?<!\p{L})(?:доки|допоки|поки|перш ніж) [^.,;]{0,60})(?<![\p{L}'-])не(?![\p{L}'-])|(?<![\p{L}'-])без(?= (?:того|(?:жодного )?сумніву|проблем(?!\p{L})|винятку))|(?<=(?<!\p{L})чи )не(?![\p{L}'-])/giu,
    up: whole(
      'зрос\\p{L}*|зріс\\p{L}*|підвищ\\p{L}*|збільш\\p{L}*|подорожч\\p{L}*|дорожч\\p{L}*|піднявся|піднялася|піднялося|піднялись|піднялися|стрибну\\p{L}*|злет\\p{L}*|приріст\\p{L}*|приросту|вищ(?:ий|а|е|і|ого|ої|ому|им|их|у|ою)|виріс|виросл\\p{L}*|додав|додала',
    ),
    down: whole(
      'впа(?:в|ла|ло|ли|де|дуть|сти)|пада\\p{L}*|упа(?:в|ла|ло|ли)|падінн\\p{L}*|зниз\\p{L}*|зниж\\p{L}*|зменш\\p{L}*|подешев\\p{L}*|дешев(?:ша|шає|шати)\\p{L}*|скороч\\p{L}*|скорот\\p{L}*|обвал\\p{L}*|просі(?:в|ла|ло|ли)|просід\\p{L}*|опусти(?:в|ла|ло|ли)с\\p{L}|спад\\p{L}{0,2}|нижч\\p{L}*|втра(?:т|ч)\\p{L}*|збит\\p{L}+',
    ),
  },
}
