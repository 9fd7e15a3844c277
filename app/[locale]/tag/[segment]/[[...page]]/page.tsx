import { listingPage } from '../../../listing-page.tsx'

const { ListingPage, generateMetadata } = listingPage((param) => ({ kind: 'tag', segment: param('segment') }))

export const dynamic = 'force-static'
export { generateMetadata }
export default ListingPage
