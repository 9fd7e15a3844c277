/** A random generator that gives the same sequence for the same seed, on every machine. */
export type SeededRandom = {
  /** From 0 up to but not including 1. */
  fraction(): number
  /** A whole number from `least` to `most`, both included. */
  integer(least: number, most: number): number
  pick<Choice>(choices: readonly [Choice, ...Choice[]]): Choice
}

/** FNV-1a over the seed's UTF-16 units starts an xorshift32 generator. Not for secrets. */
export function createSeededRandom(seed: string): SeededRandom {
  let state = 0x811c9dc5
  for (let index = 0; index < seed.length; index += 1) {
    state = Math.imul(state ^ seed.charCodeAt(index), 0x01000193)
  }
  // FNV leaves neighbouring seeds alike; murmur's finisher spreads them. Xorshift cannot start at 0.
  state = Math.imul(state ^ (state >>> 16), 0x85ebca6b)
  state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35)
  state = state ^ (state >>> 16) || 1

  function fraction(): number {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 2 ** 32
  }

  return {
    fraction,
    integer: (least, most) => least + Math.floor(fraction() * (most - least + 1)),
    pick: (choices) => choices[Math.floor(fraction() * choices.length)] ?? choices[0],
  }
}
