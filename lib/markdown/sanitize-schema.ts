import { defaultSchema } from 'rehype-sanitize'
import { allowedElements, droppedWhole } from './html-elements.ts'

type Schema = typeof defaultSchema

/** An id that somebody gave by hand. Those of our own begin with `_`, and nobody else's may. */
const id: [string, RegExp] = ['id', /^[\p{L}\p{N}][\p{L}\p{N}:._-]{0,99}$/u]

/**
 * The markup that a body can become on our pages, whether it was Markdown or HTML, and nothing else: no
 * scripts, styles, frames, form controls or event handlers, no classes and no addresses but these.
 * Ids already carry the `user-content-` prefix that footnotes are given when Markdown becomes HTML, so
 * nothing is prefixed again.
 */
export const sanitizeSchema: Schema = {
  ...defaultSchema,
  clobberPrefix: '',
  strip: droppedWhole,
  tagNames: allowedElements,
  attributes: {
    '*': [
      id,
      'title',
      ['dir', 'ltr', 'rtl', 'auto'],
      ['lang', /^[a-zA-Z]{2,3}(?:-[a-zA-Z0-9]{2,8}){0,3}$/],
    ],
    a: ['href', 'title', 'ariaLabel', 'ariaDescribedBy', 'dataFootnoteRef', 'dataFootnoteBackref'],
    abbr: ['title'],
    blockquote: ['cite'],
    code: [['className', /^language-[\w-]{1,30}$/]],
    col: ['span'],
    colgroup: ['span'],
    del: ['cite', 'dateTime'],
    details: ['open'],
    dfn: ['title'],
    img: ['src', 'alt', 'title'],
    input: ['checked', ['disabled', true], ['type', 'checkbox']],
    ins: ['cite', 'dateTime'],
    li: ['value', ['className', 'task-list-item']],
    ol: [
      'start',
      'reversed',
      ['type', '1', 'a', 'A', 'i', 'I'],
      ['className', 'contains-task-list'],
    ],
    q: ['cite'],
    section: ['dataFootnotes', ['className', 'footnotes']],
    td: [['align', 'left', 'center', 'right'], 'colSpan', 'rowSpan'],
    th: [['align', 'left', 'center', 'right'], 'colSpan', 'rowSpan', 'scope'],
    time: ['dateTime'],
    ul: [['className', 'contains-task-list']],
  },
  protocols: { cite: ['http', 'https'], href: ['http', 'https', 'mailto'], src: ['http', 'https'] },
}
