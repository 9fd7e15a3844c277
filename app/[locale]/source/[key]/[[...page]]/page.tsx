import { listingPage } from '../../../listing-page.tsx'

const { ListingPage, generateMetadata } = listingPage((param) => ({ kind: 'source', key: param('key') }))

export const dynamic = 'force-static'
export { generateMetadata }
export default ListingPage
