import { listingPage } from '../../listing-page.tsx'

const { ListingPage, generateMetadata } = listingPage(() => ({ kind: 'latest' }))

export const dynamic = 'force-static'
export { generateMetadata }
export default ListingPage
