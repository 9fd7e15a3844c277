/** One line for the front matter; undefined when there is nothing to object to. */
export function toDraftReason(faults: string[], orders: string[]): string | undefined {
  const sentences = [
    ...faults,
    ...orders.map((order) => `The story gives orders to a model: “${order.slice(0, 200)}”.`),
  ]
  return sentences.length === 0 ? undefined : sentences.slice(0, 12).join(' ').slice(0, 3000)
}
