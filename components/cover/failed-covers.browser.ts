/** Marks covers that cannot be loaded (`data-failed`), now and later: fallback art takes their places. */
export function markFailedCovers(): void {
  for (const cover of document.querySelectorAll<HTMLImageElement>('img.cover')) {
    if (cover.complete && cover.naturalWidth === 0) cover.dataset.failed = ''
  }
  const mark = ({ target }: Event) => {
    if (target instanceof HTMLImageElement && target.matches('.cover')) target.dataset.failed = ''
  }
  // Such an event does not bubble: it is met on its way down.
  addEventListener('error', mark, true)
}
