/** How many articles one page of a listing shows. Changing it changes what `/page/2` means. */
export const articlesPerPage = 24

/** How many full articles a feed carries, newest first. */
export const articlesPerFeed = 50
