import { describe, expect, it } from 'vitest'
import { articleIdentity } from './article-identity.ts'
import { explainUnread } from './hidden-name.ts'
import { contentKindOf } from './read-content-folder.ts'

describe('names of the content folder', () => {
  it.each([
    'en/a.sync-conflict-20261120-101010-ABC1234.md',
    'en/a (Olena\u2019s conflicted copy 2026-11-20).md',
    'en/a (conflicted copy 2026-11-20 101010).md',
    'en/a_conflict-20261120-101010.md',
    'en/a (Case Conflict 1).md',
    'en/a (SFConflict me@x.example 2026-11-20-10-10-10).md',
    'en/a (Конфлікт копій 2026-11-20).md',
    'en/a.Conflict.md',
    'en/a-DESKTOP-AB12CD3.md',
    'en/a-LAPTOP-AB12CD3-2.md',
    'en/a_BACKUP_1234.md',
    'en/a_REMOTE_1234.md',
    'en/a copy.md',
    'en/a copy 2.md',
    'en/a - Copy (2).md',
    'en/Copy of a.md',
    'en/a (1).md',
    'en/a 2.md',
    'en/a.bak.md',
  ])('does not publish the copy %s', (path) => {
    expect(contentKindOf(path)).toBeUndefined()
  })

  it.each([
    '_wip.md',
    'en/_wip.md',
    'en/.wip.md',
    'en/_drafts/a.md',
    'en/drafts/a.md',
    'en/Drafts/2026/a.md',
    '_templates/a.md',
    'templates/a.md',
    'pages/en/_about.md',
    'authors/_olena.md',
    'uk/чернетки/a.md',
  ])('does not publish %s', (path) => {
    expect(contentKindOf(path)).toBeUndefined()
  })

  it.each([
    'en/a.MD',
    'en/a.markdown',
    'en/a.Mkd',
    'en/a.mdown',
    'en/conflicted-copy.md',
    'en/a-copy.md',
    'en/the-drafts.md',
    'en/a-conflict-2026.md',
    'en/a-pc-1234.md',
    'en/top-10.md',
    'en/a__b.md',
  ])('publishes %s', (path) => {
    expect(contentKindOf(path)).toBe('article')
  })

  it.each([
    ['articles/en/2026/11/my-post/index.md', 'my-post', 'en'],
    ['articles/my-post/index.uk.md', 'my-post', 'uk'],
    ['articles/uk/my-post/index.MD', 'my-post', 'uk'],
    ['articles/en/2026/11/index.md', 'index', 'en'],
    ['articles/uk/index.md', 'index', 'uk'],
    ['index.md', 'index', undefined],
    ['articles/en/a.MD', 'a', 'en'],
    ['articles/en/a.uk.markdown', 'a', 'uk'],
  ])('names the article of %s %s', (path, slug, hintedLocale) => {
    expect(articleIdentity(path)).toEqual({ slug, hintedLocale })
  })

  it.each([
    ['a.mdx', /MDX/],
    ['a.txt', /\.txt/],
    ['a.html', /\.html/],
    ['a.docx', /\.docx/],
    ['cover.jpg', /not read here/],
    ['a.md~', /editor/],
    ['.a.md.swp', /editor/],
    ['#a.md#', /editor/],
    ['.#a.md', /editor/],
    ['a.md.orig', /editor/],
  ])('says why %s is not read', (name, found) => {
    expect(explainUnread(name, false)?.found).toMatch(found)
  })

  it.each(['.DS_Store', 'Thumbs.db', '.gitkeep', 'desktop.ini'])('says nothing of %s', (name) => {
    expect(explainUnread(name, false)).toBeUndefined()
  })
})
