import type { Cover } from '#lib/content/article.ts'
import { site } from '#lib/site/site.ts'
import { findUnsplashUrl } from './cover-url.ts'

/** Who is to be named under a cover; `platform` is where the photo is published. */
export type CoverCredit = {
  name: string
  url: string | undefined
  platform: { name: 'Unsplash'; url: string } | undefined
}

/**
 * The credit line's names and links, or undefined when the photographer is not known. Links to
 * Unsplash carry the parameters its guidelines ask for
 * (https://help.unsplash.com/en/articles/2511315-guideline-attribution).
 */
export function toCoverCredit(cover: Cover): CoverCredit | undefined {
  if (!cover.credit?.name) return undefined
  return {
    name: cover.credit.name,
    url: withReferral(cover.credit.url),
    platform: findUnsplashUrl(cover)
      ? {
          name: 'Unsplash',
          url: `https://unsplash.com/?utm_source=${site().unsplash.appName}&utm_medium=referral`,
        }
      : undefined,
  }
}

function withReferral(link: string | undefined): string | undefined {
  const url = link === undefined ? null : URL.parse(link)
  if (url?.protocol !== 'https:') return undefined
  if (url.host === 'unsplash.com' || url.host === 'www.unsplash.com') {
    url.searchParams.set('utm_source', site().unsplash.appName)
    url.searchParams.set('utm_medium', 'referral')
  }
  return url.href
}
