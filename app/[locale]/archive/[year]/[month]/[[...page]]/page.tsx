import { listingPage } from '../../../../listing-page.tsx'

const { generateMetadata, Page } = listingPage((param) => ({
  kind: 'archive',
  year: Number(param('year')),
  month: Number(param('month')),
}))

export { generateMetadata, Page as default }
