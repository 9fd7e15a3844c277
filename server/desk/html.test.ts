import { expect, it } from 'vitest'
import { html, trusted } from './html.ts'

it('escapes whatever is put in, once, and leaves its own HTML as it is', () => {
  const hostile = `<script>alert("1" + '2')</script> & more`
  const escaped = '&lt;script&gt;alert(&quot;1&quot; + &apos;2&apos;)&lt;/script&gt; &amp; more'
  expect(html`<p title="${hostile}">${hostile}</p>`.text).toBe(
    `<p title="${escaped}">${escaped}</p>`,
  )
  expect(html`<ul>${['<', html`<li>${'<'}</li>`, [trusted('<br>')]]}</ul>`.text).toBe(
    '<ul>&lt;<li>&lt;</li><br></ul>',
  )
})

it('shows nothing for what is not there, and shows nought', () => {
  expect(html`${undefined}${false}${0}${''}`.text).toBe('0')
})
