/**
 * Browsers ask again each time and mostly hear 304. A proxy may answer for two seconds, and for eight
 * more while it asks: what is taken back is gone everywhere ten seconds later.
 */
export const freshness = 'public, max-age=0, s-maxage=2, stale-while-revalidate=8'
