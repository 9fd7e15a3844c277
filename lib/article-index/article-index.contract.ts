import { describeIndexable } from './indexable.contract.ts'
import { describeListings } from './listings.contract.ts'
import { describeMatches } from './matches.contract.ts'
import { describeMood } from './mood.contract.ts'
import type { OpenIndex } from './open-index.ts'
import { describeSearch } from './search/search.contract.ts'
import { describeSearchChoices } from './search/search-choices.contract.ts'
import { describeTrust } from './trust.contract.ts'
import { describeVisibility } from './visibility.contract.ts'

/** What every implementation of `ArticleIndex` does. To be called in a test file of its own. */
export function describeArticleIndex(name: string, open: OpenIndex): void {
  describeVisibility(name, open)
  describeListings(name, open)
  describeIndexable(name, open)
  describeMood(name, open)
  describeTrust(name, open)
  describeMatches(name, open)
  describeSearch(name, open)
  describeSearchChoices(name, open)
}
