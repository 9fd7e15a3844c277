import { ListingPage, listingHead, type ToScope } from '../../../listing-page.tsx'

type Props = PageProps<'/[locale]/asset/[key]/[[...page]]'>

const toScope: ToScope = (param) => ({ kind: 'asset', key: param('key') })

export const generateMetadata = ({ params }: Props) => listingHead(params, toScope)

export default function Page({ params }: Props) {
  return <ListingPage params={params} toScope={toScope} />
}
