import { OfflineView } from '#components/offline/offline-view.tsx'
import { plainPage } from '../plain-page.tsx'

const { generateMetadata, Page } = plainPage('offline', (locale) => <OfflineView locale={locale} />)

export { generateMetadata, Page as default }
