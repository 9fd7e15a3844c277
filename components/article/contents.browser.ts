/** Marks the section that is being read in the contents of a long article. */
export function start(contents: HTMLElement): void {
  const links = [...contents.querySelectorAll<HTMLAnchorElement>('a[href^="#"]')]
  const sections = links.flatMap((link) => {
    const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)))
    return heading ? [{ link, heading }] : []
  })

  /** The last section whose heading is above the observed line, in the upper third of the window. */
  const mark = () => {
    const current = sections.findLast(
      ({ heading }) => heading.getBoundingClientRect().top < innerHeight * 0.36,
    )
    for (const { link } of sections) {
      if (link === current?.link) link.setAttribute('aria-current', 'location')
      else link.removeAttribute('aria-current')
    }
  }
  // All that is above the line is observed, however far: a jump passes headings that were on no screen.
  const observer = new IntersectionObserver(mark, { rootMargin: '10000000px 0px -66% 0px' })
  for (const { heading } of sections) observer.observe(heading)
}
