import type { DictionaryLanguage } from '#lib/node/dictionary.ts'

/** What a sentence denies and which way it says that something moved. */
export type Polarity = {
  /**
   * How many things are denied in plain words: not, never, without, не, немає, жоден. Ukrainian denies
   * one thing with several words (ніхто нічого не знає): the least and the most that they may be.
   */
  denials: number
  mostDenials: number
  /** Words that deny in another way, so that a translator may have used them: fail, ban, un-, відмовитися. */
  hidden: number
  /** Of those, the ones that hardly any translation renders without denying: unless, failed, ані, бракує. */
  firm: number
  up: number
  down: number
}

/** Denials and directions of an English or Ukrainian sentence. */
export function readPolarity(sentence: string, language: DictionaryLanguage): Polarity {
  const plain = sentence.replace(/[’ʼ]/g, "'")
  const count = (pattern: RegExp) => plain.match(pattern)?.length ?? 0
  const { denial, repeated, hidden, up, down } = patterns[language]
  return {
    denials: Math.max(0, count(denial) - count(repeated)),
    mostDenials: count(denial),
    hidden: count(hidden),
    firm: count(firmDenials[language]),
    up: count(up),
    down: count(down),
  }
}

const whole = (words: string) => new RegExp(`(?<![\\p{L}'-])(?:${words})(?![\\p{L}'-])`, 'giu')

const firmDenials: Record<DictionaryLanguage, RegExp> = {
  en: whole(
    'unless|hardly|barely|scarcely|fail(?:s|ed|ing)?|unable|unaware|unsure|leav\\p{L}* out|lack(?:s|ed|ing)?|missing|absence|refus(?:e|ed|es|ing|al)|wrong|forbidden|unknown|unclear|inaccurate|otherwise|disagree\\p{L}*',
  ),
  uk: whole(
    'ані|навряд|ледве|ледь|бракує|бракувало|відсутн\\p{L}+|неможлив\\p{L}+|невідом\\p{L}+|неточн\\p{L}+|заборонен\\p{L}+|невдач\\p{L}+|уник(?:нути|ати)',
  ),
}

export const patterns: Record<
  DictionaryLanguage,
  Record<'denial' | 'repeated' | 'hidden' | 'up' | 'down', RegExp>
> = {
  en: {
    denial:
      /(?<![\p{L}])(?:not|never|no(?! ?\.? ?\d)(?! longer than)|none|nobody|nothing|nowhere|neither|without|cannot|nor)(?![\p{L}'-])|(?<=\p{L})n't(?!\p{L})/giu,
    repeated:
      /(?<!\p{L})neither(?=[^.;]{0,80}(?<!\p{L})nor(?!\p{L}))|(?<!\p{L})not(?= (?:only|far|just|merely|least|to mention))|(?<=whether or )not(?!\p{L})|(?<!\p{L})not(?=[^.,;]{1,40} (?:until|till)(?!\p{L}))|(?<=\p{L})n't(?=[^.,;]{1,40} (?:until|till)(?!\p{L}))|(?<!\p{L})no(?= (?:doubt|problem|matter)(?!\p{L}))|(?<!\p{L})(?:no|not)(?= (?:more|less|fewer|later|earlier|longer) than)|(?<!\p{L})(?:none|neither|nobody|nothing|never)(?=[^.;]{0,60}(?:n't|(?<!\p{L})(?:not|no))(?!\p{L}))/giu,
    hidden: whole(
      'fail\\p{L}*|lack\\p{L}*|want of|unable|refus\\p{L}*|den(?:y|ies|ied)\\p{L}*|reject\\p{L}*|hardly|barely|scarcely|rarely|seldom|(?<!\\ba )few|(?<!\\ba )little|deficien\\p{L}*|shortage\\p{L}*|shortfall\\p{L}*|scarce|resist\\p{L}*|instead of|rather than|prevent\\p{L}*|avoid\\p{L}*|ban(?:s|ned|ning)?|forbid\\p{L}*|forbad\\p{L}*|prohibit\\p{L}*|miss(?:es|ed|ing)?|absen\\p{L}*|except|unless|stop\\p{L}*|ceas\\p{L}*|far from|otherwise|impossible|exclud\\p{L}*|ignor\\p{L}*|halt\\p{L}*|neglect\\p{L}*|fewer|un(?!fortunat|install|plug|mount|ilater|maximi|rest|iform|ified|ify|der|it|ion|ique|ivers|til|less|veil|fold|derst)\\p{L}{4,}|in(?:valid|visible|complete|correct|sufficient|adequate|accurate|capable|ability|direct|significant|appropriate|active|effective|secure|finite|compatible|credib\\p{L}*|experienced|definite\\p{L}*)|im(?:perfect|mobile|possibl\\p{L}*)|ir(?:regular|relevant|responsib\\p{L}*)|il(?:legal|liquid|legitimate)\\p{L}*|dis(?:agree|allow|appear|approv|connect|continu|like|miss|obey|pute|regard|trust)\\p{L}*|\\p{L}{3,}less|non-?\\p{L}+|anything but|less|no-\\p{L}+|wrong\\p{L}*|idle|beyond|forg[eo]t\\p{L}*|(?:stay|keep|kept)\\p{L}* away|opposed|leav\\p{L}* out|left out|spar(?:e|ed|es)|removed? the need|too(?= \\p{L}+ to(?!\\p{L}))|too (?:much|many|few|little|late)|bypass\\p{L}*|out[ -]of|slight\\p{L}*|than any|than ever|ever before|free of',
    ),
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
      /(?<![\p{L}'-])(?:жод\p{L}+|ніхто|нікого|нікому|ніщо|нічого|нічому|нічим|ніколи|ніде|нікуди|ніяк\p{L}*|ні)(?=[^.;]{0,80}(?<![\p{L}'-])(?:не|немає|нема|ні)(?![\p{L}'-]))|(?<=(?<![\p{L}'-])(?:не|немає|нема|без)(?![\p{L}'-])[^.;]{0,60})(?<![\p{L}'-])(?:жод\p{L}+|нікого|нікому|ніщо|нічого|нічому|нічим|ніколи|ніде|нікуди|ніяк\p{L}*|ні)(?![\p{L}'-])|(?<![\p{L}'-])не(?= (?:лише|тільки|просто|менш|більш|пізніш|раніш))|(?<=(?<![\p{L}'-])не(?![\p{L}'-])[^.,;]{1,60}(?<!\p{L})(?:й|і|та|або|чи|ні)(?: \p{L}{1,4})? )не(?![\p{L}'-])|(?<=(?<!\p{L})(?:доки|допоки|поки|перш ніж) [^.,;]{0,60})(?<![\p{L}'-])не(?![\p{L}'-])|(?<![\p{L}'-])без(?= (?:(?:жодного )?сумніву|проблем(?!\p{L})|винятку))|(?<=(?<!\p{L})чи )не(?![\p{L}'-])/giu,
    hidden: whole(
      'не(?!залежн|велик|велич|щодавн|діл|обхідн|гайн|зважа|давн|рв|безпе|вдовз|одноразов|забаром|рухоміс|йтр|гатив|бо|бес|від’ємн|мов|наче|фт|п(?:т|ал)|сподіван|ймовірн)\\p{L}{3,}|без(?!умовн|віст|пек|печ|посередн|коштовн|ліч|перервн|сумнівн|перечн)\\p{L}{3,}|ані|відсутн\\p{L}*|відмов\\p{L}*|заборон\\p{L}*|уник\\p{L}*|брак\\p{L}*|навряд|ледве|ледь|позбав\\p{L}*|(?:о?крім)(?! (?:того|цього)(?!\\p{L}))|замість|припин\\p{L}*|перест(?:а[лвнт]|ає|ають)\\p{L}*|мало|рідко|далек\\p{L}*|інакше|відхил\\p{L}*|запереч\\p{L}*|завад\\p{L}*|заважа\\p{L}*|скасов\\p{L}*|виключ\\p{L}*|утрима\\p{L}*|навпаки|зупин\\p{L}*|нуль\\p{L}*|відкин\\p{L}*|ігнор\\p{L}*|небагат\\p{L}*|задарма|оми(?:н|ну)\\p{L}*|поза|зайв\\p{L}*|байдуж\\p{L}*|забу(?:в|ла|ло|ли|ти|т|де|дуть|ваєт)\\p{L}*|провал\\p{L}*|не вда\\p{L}*|проти',
    ),
    up: whole(
      'зрос\\p{L}*|зріс\\p{L}*|підвищ\\p{L}*|збільш\\p{L}*|подорожч\\p{L}*|дорожч\\p{L}*|піднявся|піднялася|піднялося|піднялись|піднялися|стрибну\\p{L}*|злет\\p{L}*|приріст\\p{L}*|приросту|вищ(?:ий|а|е|і|ого|ої|ому|им|их|у|ою)|виріс|виросл\\p{L}*|додав|додала',
    ),
    down: whole(
      'впа(?:в|ла|ло|ли|де|дуть|сти)|пада\\p{L}*|упа(?:в|ла|ло|ли)|падінн\\p{L}*|зниз\\p{L}*|зниж\\p{L}*|зменш\\p{L}*|подешев\\p{L}*|дешев(?:ша|шає|шати)\\p{L}*|скороч\\p{L}*|скорот\\p{L}*|обвал\\p{L}*|просі(?:в|ла|ло|ли)|просід\\p{L}*|опусти(?:в|ла|ло|ли)с\\p{L}|спад\\p{L}{0,2}|нижч\\p{L}*|втра(?:т|ч)\\p{L}*|збит\\p{L}+',
    ),
  },
}
