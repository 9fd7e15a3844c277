/** Sentences that instruct a model, in English and Ukrainian. News about models mentions instructions but gives none. */
const patterns = [
  /\b(?:ignore|disregard|forget|override)\b[^\n]{0,40}\b(?:previous|prior|above|earlier|all|any|your|the)\b[^\n]{0,30}\b(?:instruction|prompt|rule|guideline|direction|context)s?\b/iu,
  /\b(?:system|developer) (?:prompt|message|instruction)s?\b\s*[:=]/iu,
  /\b(?:you are|you're|act as|pretend to be)\b[^\n]{0,30}\b(?:chatbot|assistant|language model|llm|ai model|dan)\b/iu,
  /\b(?:as an?|dear) (?:ai|language model|llm|assistant)\b[^\n]{0,60}\b(?:must|should|shall|will|please|write|output|respond|reply|say|include|add)\b/iu,
  /\b(?:ai|llm|language model|assistant|bot|summari[sz]er|translator)s?\b\s*(?:[,:]|reading this)[^\n]{0,60}\b(?:write|output|respond|reply|say|include|add|insert|mention|recommend|tell|print|return)\b/iu,
  /\b(?:respond|reply|answer|output|print|return)\b (?:only |just |with |exactly )+[^\n]{0,40}(?:["'“`{]|\bthe (?:word|phrase|text|json)\b)/iu,
  /\b(?:in|to) (?:your (?:summary|output|response|answer|rewrite|article|text|translation)|the (?:summary|rewrite|rewritten (?:text|article)|translation))\b[^\n]{0,60}\b(?:include|add|insert|mention|write|say|link|state)\b/iu,
  /\b(?:include|add|insert|mention|write|state|put)\b[^\n]{0,80}\b(?:in|to|into|at the (?:end|top|beginning) of) (?:your (?:summary|output|response|answer|rewrite|article|text|translation)|the (?:summary|rewrite|rewritten (?:text|article)|translation))\b/iu,
  /\b(?:reveal|print|repeat|show|leak)\b[^\n]{0,30}\b(?:your|the) (?:system )?(?:prompt|instructions|api key|secret)s?\b/iu,
  /<\|?(?:im_start|im_end|system|endoftext|assistant)\|?>|\[\/?INST\]|<<SYS>>|^[ \t]*(?:###[ \t]*)?(?:system|assistant|user)\s*:/imu,
  /(?:ігноруй|ігноруйте|забудь|забудьте|знехтуй|знехтуйте|відкинь|відкиньте|не зважай|не зважайте)[^\n]{0,40}(?:інструкц|вказів|правил|настанов|підказ|промпт)/iu,
  /(?:ти|ви)\s*(?:[—–-]\s*)?(?:тепер\s+)?(?:мовна модель|асистент|помічник|чат-?бот|штучний інтелект)/iu,
  /(?:системн\p{L}+ (?:промпт|повідомлення|підказка))\s*[:=]/iu,
  /(?:мовна модель|асистент|штучний інтелект|ші)\s*[,:][^\n]{0,60}(?:напиши|напишіть|додай|додайте|встав|вставте|скажи|скажіть|виведи|виведіть|перекажи|порекомендуй)/iu,
  /(?:додай|додайте|встав|вставте|напиши|напишіть|вкажи|вкажіть|згадай|згадайте)[^\n]{0,80}(?:у|до|в) (?:свою |свій |твою |ваш\p{L}* |цей |цього )?(?:відповід|переказ|переклад|підсумк|резюме|результат)/iu,
]

/**
 * Removes the sentences that instruct a model, and returns them as `planted`. They are neither news nor
 * facts.
 */
export function removePlantedInstructions(text: string): { text: string; planted: string[] } {
  const planted: string[] = []
  const lines = text.split('\n').map((line) =>
    splitSentences(line)
      .filter((sentence) => {
        const isPlanted = patterns.some((pattern) => pattern.test(sentence))
        if (isPlanted) planted.push(sentence.trim())
        return !isPlanted
      })
      .join(''),
  )
  return { text: lines.join('\n'), planted }
}

function splitSentences(line: string): string[] {
  const sentences: string[] = []
  let start = 0
  // The lookbehind lets a row of dots be tried once and not from every dot.
  for (const match of line.matchAll(/(?<![.!?…])[.!?…]+["”»’')\]]*(?:\s+|$)/gu)) {
    const end = match.index + match[0].length
    sentences.push(line.slice(start, end))
    start = end
  }
  if (start < line.length || sentences.length === 0) sentences.push(line.slice(start))
  return sentences
}
