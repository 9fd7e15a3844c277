import { servingIndex } from '#lib/article-index/serving-index.ts'
import { toBriefingMail } from '#lib/feeds/briefing-mail.ts'
import { siteEnv } from '#lib/site/env.ts'
import { chooseBriefing } from '../choose-briefing.ts'
import { readParams } from '../read-params.ts'

export const dynamic = 'force-dynamic'

export async function GET(_request: Request, { params }: RouteContext<'/[locale]/briefing.html'>) {
  const { locale } = await readParams(params)
  const articles = chooseBriefing(servingIndex(), locale)
  const body = toBriefingMail({ locale, articles, siteUrl: siteEnv().siteUrl })
  return new Response(body, { headers: { 'content-type': 'text/html; charset=utf-8' } })
}
