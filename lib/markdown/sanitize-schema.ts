import { defaultSchema } from 'rehype-sanitize'

type Schema = typeof defaultSchema

/**
 * The markup that Markdown can become on our pages, and nothing else. Raw HTML in a body never gets
 * this far; this list is the second lock. Ids already carry the `user-content-` prefix that
 * footnotes are given when Markdown becomes HTML, so nothing is prefixed again.
 */
export const sanitizeSchema: Schema = {
  ...defaultSchema,
  clobberPrefix: '',
  tagNames: [
    ...['a', 'blockquote', 'br', 'code', 'del', 'em', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'hr'],
    ...['img', 'input', 'li', 'ol', 'p', 'pre', 'section', 'strong', 'sup', 'table', 'tbody'],
    ...['td', 'th', 'thead', 'tr', 'ul'],
  ],
  attributes: {
    a: [
      'href',
      'title',
      'id',
      'ariaLabel',
      'ariaDescribedBy',
      'dataFootnoteRef',
      'dataFootnoteBackref',
    ],
    code: [['className', /^language-[\w-]{1,30}$/]],
    h2: ['id'],
    img: ['src', 'alt', 'title'],
    input: ['checked', ['disabled', true], ['type', 'checkbox']],
    li: ['id', ['className', 'task-list-item']],
    ol: ['start', ['className', 'contains-task-list']],
    section: ['dataFootnotes', ['className', 'footnotes']],
    td: ['align'],
    th: ['align'],
    ul: [['className', 'contains-task-list']],
  },
  protocols: { href: ['http', 'https', 'mailto'], src: ['https'] },
}
