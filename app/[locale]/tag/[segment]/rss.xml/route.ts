import { feedRoute } from '../../../feed-route.ts'

export const dynamic = 'force-static'
export const GET = feedRoute((param) => ({ kind: 'tag', segment: param('segment') }))
