import { notFound } from 'next/navigation'
import { isLocale, type Locale } from '#lib/site/locales.ts'

type RawParams = Promise<{ locale: string } & Record<string, string | string[] | undefined>>

/**
 * A page's path parameters, decoded (the framework hands them over percent-encoded). A locale that
 * we do not publish in, or a broken escape, is a 404.
 */
export async function readParams(
  params: RawParams,
): Promise<{ locale: Locale; param: (name: string) => string; pageNumber: number }> {
  const raw = await params
  if (!isLocale(raw.locale)) notFound()
  const param = (name: string) => decode(String(raw[name] ?? ''))
  // `/page/<n>` arrives as an optional catch-all: ['page', '2'].
  const [, number = '1'] = Array.isArray(raw.page) ? raw.page : []
  return { locale: raw.locale, param, pageNumber: Number(number) }
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    notFound()
  }
}
