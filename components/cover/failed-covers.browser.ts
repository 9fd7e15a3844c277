/** Puts fallback art in the place of covers that cannot be loaded, now and later. */
export function replaceFailedCovers(): void {
  for (const cover of document.querySelectorAll<HTMLImageElement>('.cover img')) {
    if (cover.complete && cover.naturalWidth === 0) replace(cover)
  }
  const onError = ({ target }: Event) => {
    if (target instanceof HTMLImageElement && target.matches('.cover img')) replace(target)
  }
  // Such an event does not bubble: it is met on its way down.
  addEventListener('error', onError, true)
}

/** Its alternative text describes the picture that failed. Art that fails as well is hidden. */
function replace(cover: HTMLImageElement): void {
  const { fallbackArt } = cover.dataset
  delete cover.dataset.fallbackArt
  if (fallbackArt === undefined) {
    cover.hidden = true
    return
  }
  cover.removeAttribute('srcset')
  cover.alt = ''
  cover.src = fallbackArt
}
