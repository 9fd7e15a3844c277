import { describe, expect, it } from 'vitest'
import { stripFramework } from './strip-framework.ts'

describe('stripFramework', () => {
  it('takes out the framework’s scripts, inline and linked, and their preloads', () => {
    const html = [
      '<head><link rel="preload" as="script" fetchPriority="low" href="/_next/a.js"/>',
      '<link rel="preload" href="/f.woff2" as="font"/>',
      '<link rel="stylesheet" href="/_next/a.css"/>',
      '<script src="/_next/b.js" async=""></script></head>',
      '<body><p>Text</p><script>self.__next_f.push([1,"a<b"])</script></body>',
    ].join('')
    expect(stripFramework(html)).toBe(
      '<head><link rel="preload" href="/f.woff2" as="font"/><link rel="stylesheet" href="/_next/a.css"/></head><body><p>Text</p></body>',
    )
  })

  it('keeps data blocks and modules of ours', () => {
    const html =
      '<script type="application/ld+json">{"a":1}</script><script type="speculationrules">{}</script><script src="/b.js" data-dateline=""></script><script type="module" src="/a.js" data-dateline=""></script>'
    expect(stripFramework(html)).toBe(html)
  })

  it('leaves text that speaks of scripts alone', () => {
    const html = '<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>'
    expect(stripFramework(html)).toBe(html)
  })
})
