/** Words that say how much without a number: they must be said in the story as well. */
const figures: [inText: RegExp, inBase: RegExp][] = [
  [
    /\b(?:doubl(?:ed?|es|ing)|two-?fold|twice)\b|(?<!\p{L})[ву]двічі(?!\p{L})|(?<!\p{L})подвої\p{L}*/giu,
    /doubl|twofold|two fold|twice| 2x |двічі|подвої|100 /iu,
  ],
  [
    /\b(?:tripl(?:ed?|es|ing)|three-?fold)\b|(?<!\p{L})[ву]тричі(?!\p{L})|(?<!\p{L})потрої\p{L}*/giu,
    /tripl|threefold|three fold| 3x |тричі|потрої|200 /iu,
  ],
  [
    /\b(?:quadrupl(?:ed?|es|ing)|four-?fold)\b|(?<!\p{L})[ву]четверо(?!\p{L})/giu,
    /quadrupl|fourfold|four fold| 4x |четверо/iu,
  ],
  [
    /\b(?:hal(?:f|ves|ved|ving))\b|(?<!\p{L})половин\p{L}*|(?<!\p{L})наполовину/giu,
    /\bhal[fv]|halv|половин| 50 | 0 5 /iu,
  ],
  [
    /\btens of thousands\b|(?<!\p{L})десятк\p{L}+ тисяч/giu,
    /tens of thousands|десятк\p{L}+ тисяч/iu,
  ],
  [
    /\b(?:hundreds|thousands|millions|billions|trillions) of\b/giu,
    /hundred|thousand|million|billion|trillion|сотн|тисяч|мільйон|мільярд|трильйон|млн|млрд/iu,
  ],
  [
    /(?<!\p{L})(?:сотні|тисячі|мільйони|мільярди)(?!\p{L})/giu,
    /hundred|thousand|million|billion|trillion|сот|тисяч|мільйон|мільярд|трильйон|млн|млрд/iu,
  ],
  [
    /\ball-time high\b|\brecord high\b|(?<!\p{L})історичн\p{L}+ максимум\p{L}*/giu,
    /all time high|record|ath|максимум|рекорд/iu,
  ],
]

/** Such words in a text, each with what would have to stand in the story. */
export function listFigures(text: string): { text: string; pattern: RegExp }[] {
  return figures.flatMap(([inText, pattern]) =>
    [...text.matchAll(inText)].map((match) => ({ text: match[0], pattern })),
  )
}
