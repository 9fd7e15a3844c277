import { ListingPage, listingHead, type ToScope } from '../../../listing-page.tsx'

type Props = PageProps<'/[locale]/category/[segment]/[[...page]]'>

const toScope: ToScope = (param) => ({ kind: 'category', segment: param('segment') })

export const generateMetadata = ({ params }: Props) => listingHead(params, toScope)

export default function Page({ params }: Props) {
  return <ListingPage params={params} toScope={toScope} />
}
