import { feedRoute } from '../feed-route.ts'

export const dynamic = 'force-static'
export const GET = feedRoute(() => ({ kind: 'latest' }))
