import { defaultSchema } from 'rehype-sanitize'

type Schema = typeof defaultSchema

/** The attributes of a tag, for regular expressions. Bounded, so that no text is searched again and again. */
export const attributes = `(?:\\s(?:"[^"]{0,4000}"|'[^']{0,4000}'|[^'">]){0,1000})?/?`

/**
 * Elements that pages, feeds and search have as they were written. The names, and all other facts about
 * elements below: HTML Living Standard, section 4.
 */
export const allowedElements = [
  ...['a', 'abbr', 'b', 'bdi', 'bdo', 'blockquote', 'br', 'caption', 'cite', 'code', 'col'],
  ...['colgroup', 'dd', 'del', 'details', 'dfn', 'div', 'dl', 'dt', 'em', 'figcaption', 'figure'],
  ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'hr', 'i', 'img', 'input', 'ins', 'kbd', 'li', 'mark'],
  ...['ol', 'p', 'pre', 'q', 'rp', 'rt', 'ruby', 's', 'samp', 'section', 'small', 'span', 'strong'],
  ...['sub', 'summary', 'sup', 'table', 'tbody', 'td', 'tfoot', 'th', 'thead', 'time', 'tr', 'u'],
  ...['ul', 'var', 'wbr'],
]

/** Elements whose content is not text to read. They are left out with it, which is a warning. */
export const droppedWhole = [
  ...['script', 'style', 'iframe', 'object', 'embed', 'applet', 'svg', 'math', 'template'],
]

/** The rest of HTML becomes one of these around what it held, so that no two words run together. */
export const replacedBy: Readonly<Record<string, string>> = {
  acronym: 'abbr',
  address: 'div',
  article: 'div',
  aside: 'div',
  big: 'span',
  blink: 'span',
  center: 'div',
  data: 'span',
  dialog: 'div',
  dir: 'ul',
  fieldset: 'div',
  font: 'span',
  footer: 'div',
  form: 'div',
  header: 'div',
  hgroup: 'div',
  label: 'span',
  legend: 'div',
  main: 'div',
  marquee: 'span',
  menu: 'ul',
  nav: 'div',
  nobr: 'span',
  picture: 'span',
  search: 'div',
  strike: 's',
  tt: 'code',
}

/** What is left of these is only what stands in them; that they are gone is a warning. */
export const unwrapped = [
  ...['audio', 'base', 'basefont', 'bgsound', 'body', 'button', 'canvas', 'datalist', 'frame'],
  ...['frameset', 'head', 'html', 'image', 'keygen', 'link', 'map', 'area', 'meta', 'meter'],
  ...['noembed', 'noframes', 'noscript', 'optgroup', 'option', 'output', 'param', 'plaintext'],
  ...['portal', 'progress', 'select', 'slot', 'source', 'textarea', 'title', 'track', 'video'],
  ...['xmp', 'listing'],
]

/** Nothing that readers could miss. */
export const meaningless = [
  ...['source', 'param', 'track', 'base', 'link', 'meta', 'head', 'body', 'html', 'noscript'],
  ...['map', 'area', 'noembed', 'noframes'],
]

export const voidElements = [
  ...['area', 'base', 'basefont', 'bgsound', 'br', 'col', 'embed', 'frame', 'hr', 'image', 'img'],
  ...['input', 'keygen', 'link', 'meta', 'param', 'source', 'track', 'wbr'],
]

/** Elements that may end without an end tag. */
export const selfEnding = [
  ...['p', 'li', 'dt', 'dd', 'td', 'th', 'tr', 'thead', 'tbody', 'tfoot', 'option', 'optgroup'],
  ...['colgroup', 'rp', 'rt', 'html', 'head', 'body'],
]

/** Elements that browsers read to their end tag without looking for tags in them. */
export const rawTextElements = [
  ...['script', 'style', 'iframe', 'noembed', 'noframes', 'noscript', 'plaintext', 'textarea'],
  ...['title', 'xmp'],
]

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
