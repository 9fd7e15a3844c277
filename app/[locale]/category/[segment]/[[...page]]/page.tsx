import { listingPage } from '../../../listing-page.tsx'

const { generateMetadata, Page } = listingPage((param) => ({
  kind: 'category',
  segment: param('segment'),
}))

export { generateMetadata, Page as default }
