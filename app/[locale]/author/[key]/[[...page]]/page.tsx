import { listingPage } from '../../../listing-page.tsx'

const { generateMetadata, Page } = listingPage((param) => ({ kind: 'author', key: param('key') }))

export { generateMetadata, Page as default }
