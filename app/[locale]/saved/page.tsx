import { SavedView } from '#components/offline/saved-view.tsx'
import { plainPage } from '../plain-page.tsx'

const { generateMetadata, Page } = plainPage('saved', (locale) => <SavedView locale={locale} />)

export { generateMetadata, Page as default }
