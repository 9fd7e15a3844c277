import { ListingPage, listingHead, type ToScope } from '../../../listing-page.tsx'

type Props = PageProps<'/[locale]/author/[key]/[[...page]]'>

const toScope: ToScope = (param) => ({ kind: 'author', key: param('key') })

export const generateMetadata = ({ params }: Props) => listingHead(params, toScope)

export default function Page({ params }: Props) {
  return <ListingPage params={params} toScope={toScope} />
}
