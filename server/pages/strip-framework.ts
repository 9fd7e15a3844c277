/**
 * Takes the framework's client runtime out of a rendered page: every `<script>` but data blocks
 * (`application/ld+json`, `speculationrules`) and modules of ours (`data-dateline`), and the
 * preloads of scripts. What is left is the page as HTML and CSS, which is all that a page for
 * reading needs. See docs/decisions/0004-pages-without-the-runtime.md.
 *
 * The framework's own inline scripts cannot hold a literal `</script`, so the first one ends them.
 * Only start tags the framework writes are matched: text of an article is escaped and has none.
 */
export function stripFramework(html: string): string {
  return html
    .replace(script, (element, attributes: string) => (keptScript.test(attributes) ? element : ''))
    .replace(scriptPreload, '')
}

const script = /<script\b([^>]*)>[\s\S]*?<\/script>/g
const keptScript = /\btype="(?:application\/ld\+json|speculationrules)"|\bdata-dateline\b/
const scriptPreload =
  /<link\b(?=[^>]*\brel="(?:preload|modulepreload)")(?=[^>]*\bas="script")[^>]*>/g
