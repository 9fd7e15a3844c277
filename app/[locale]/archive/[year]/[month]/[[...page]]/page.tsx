import { ListingPage, listingHead, type ToScope } from '../../../../listing-page.tsx'
import '#components/listing/indexes/indexes.css'

type Props = PageProps<'/[locale]/archive/[year]/[month]/[[...page]]'>

const toScope: ToScope = (param) => ({
  kind: 'archive',
  year: Number(param('year')),
  month: Number(param('month')),
})

export const generateMetadata = ({ params }: Props) => listingHead(params, toScope)

export default function Page({ params }: Props) {
  return <ListingPage params={params} toScope={toScope} />
}
