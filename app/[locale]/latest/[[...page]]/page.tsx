import { ListingPage, listingHead, type ToScope } from '../../listing-page.tsx'

type Props = PageProps<'/[locale]/latest/[[...page]]'>

const toScope: ToScope = () => ({ kind: 'latest' })

export const generateMetadata = ({ params }: Props) => listingHead(params, toScope)

export default function Page({ params }: Props) {
  return <ListingPage params={params} toScope={toScope} />
}
