/** One call serves all who ask for its key while it is under way; the next one is another call. */
export function createSharedCalls<Value>(): (
  key: string,
  call: () => Promise<Value>,
) => Promise<Value> {
  const underWay = new Map<string, Promise<Value>>()
  return (key, call) => {
    const running = underWay.get(key)
    if (running) return running
    const started = call().finally(() => underWay.delete(key))
    underWay.set(key, started)
    return started
  }
}
