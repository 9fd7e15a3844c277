import { listingPage } from '../../listing-page.tsx'

const { generateMetadata, Page } = listingPage(() => ({ kind: 'latest' }))

export { generateMetadata, Page as default }
