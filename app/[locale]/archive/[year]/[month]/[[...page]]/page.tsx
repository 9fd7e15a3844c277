import { listingPage } from '../../../../listing-page.tsx'

const { ListingPage, generateMetadata } = listingPage((param) => ({
  kind: 'archive',
  year: Number(param('year')),
  month: Number(param('month')),
}))

export const dynamic = 'force-static'
export { generateMetadata }
export default ListingPage
