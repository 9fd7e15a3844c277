/**
 * Structured data in a page. `json` comes from `toJsonLdScript`, which leaves no character that
 * could end the element; React would escape its quotation marks if it were a child.
 */
export function JsonLd({ json }: { json: string }) {
  return <script type="application/ld+json" dangerouslySetInnerHTML={{ __html: json }} />
}
