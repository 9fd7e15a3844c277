/** The way from the front page, as schema.org's `BreadcrumbList`. Addresses are absolute. */
export function describeBreadcrumbs(steps: { name: string; url: string }[]) {
  return {
    '@type': 'BreadcrumbList',
    itemListElement: steps.map(({ name, url }, at) => ({
      '@type': 'ListItem',
      position: at + 1,
      name,
      item: url,
    })),
  }
}
