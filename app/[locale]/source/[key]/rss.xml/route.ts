import { feedRoute } from '../../../feed-route.ts'

export const dynamic = 'force-static'
export const GET = feedRoute((param) => ({ kind: 'source', key: param('key') }))
