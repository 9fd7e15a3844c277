/** The key that leads to the search. The words that name it are `keysHint` in `lib/i18n/messages`. */
export const searchKey = '/'
