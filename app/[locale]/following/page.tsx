import { FollowingView } from '#components/offline/following-view.tsx'
import { plainPage } from '../plain-page.tsx'

const { generateMetadata, Page } = plainPage('following', (locale) => (
  <FollowingView locale={locale} />
))

export { generateMetadata, Page as default }
