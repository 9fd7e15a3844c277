import type { MouseEvent } from 'react'
import {
  parseSearchParams,
  type SearchParams,
  toSearchParamsIn,
} from '#lib/site/addresses/search-params.ts'
import { isLocale, type Locale } from '#lib/site/locales.ts'
import { searchPath } from '#lib/site/routes.ts'

/**
 * The link that a click follows and the question it leads to, when that is another one to this search.
 * A click that asks the browser for something (a new tab, a download) is the browser's.
 */
export function readFollowed(
  locale: Locale,
  event: MouseEvent,
): { link: HTMLAnchorElement; question: SearchParams } | undefined {
  const { target, button, altKey, ctrlKey, metaKey, shiftKey } = event
  if (button !== 0 || altKey || ctrlKey || metaKey || shiftKey) return undefined
  const link = target instanceof Element ? target.closest('a') : null
  if (!link || link.origin !== location.origin || link.pathname !== searchPath(locale)) {
    return undefined
  }
  const { searchParams } = new URL(link.href)
  return { link, question: parseSearchParams(locale, searchParams) }
}

/** Has the masthead's links to other languages lead to the same question there. */
export function pointLanguageLinks(locale: Locale, question: SearchParams): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement>('.languages a')) {
    const { hreflang } = link
    if (!isLocale(hreflang)) continue
    link.setAttribute('href', searchPath(hreflang, toSearchParamsIn(hreflang, locale, question)))
  }
}
