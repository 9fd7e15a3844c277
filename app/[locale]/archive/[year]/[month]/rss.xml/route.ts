import { feedRoute } from '../../../../feed-route.ts'

export const dynamic = 'force-static'
export const GET = feedRoute((param) => ({
  kind: 'archive',
  year: Number(param('year')),
  month: Number(param('month')),
}))
