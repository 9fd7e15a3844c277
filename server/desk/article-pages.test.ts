import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { AskModel } from '#lib/desk/ask-model.ts'
import { readSourcesOff } from '#lib/ingest-report/source-switches.ts'
import { openDeskInTest } from './open-desk-in-test.ts'

const path = 'articles/en/2026/11/vault.md'
const held = `---
# Written by ingest
title: 'Vault opened for $5 million'
publishedAt: '2026-11-20T09:00:00.000Z'
category: MARKETS
tags: [BTC, ETH]
draft: true
draftReason: The source does not say “$5 million”. Nobody is quoted with “We open now”, or with “&<script>”.
---

The vault cost $5 million. “We open <b>now</b>”, said the owner, &amp;<script>.

<script>alert(1)</script>

The end.
`

function openWith(files: Record<string, string> = { [path]: held }, askModel?: AskModel) {
  const opened = openDeskInTest(undefined, { askModel })
  const fileOf = (name: string) => join(opened.contentDir, name)
  const write = (name: string, text: string) => {
    mkdirSync(dirname(fileOf(name)), { recursive: true })
    writeFileSync(fileOf(name), text)
  }
  for (const [name, text] of Object.entries(files)) write(name, text)
  const fieldsOf = (html: string) =>
    new URLSearchParams(
      Array.from(html.matchAll(/<input type="hidden" name="(base|mode)" value="([^"]*)"/g)).map(
        ([, name = '', value = '']) => [name, value],
      ),
    )
  async function openPage(address: string, token: string) {
    const { text, status } = await opened.send('GET', address, { token })
    return {
      text,
      status,
      base: fieldsOf(text).get('base') ?? '',
      mode: fieldsOf(text).get('mode'),
    }
  }
  return {
    ...opened,
    write,
    openPage,
    read: (name = path) => readFileSync(fileOf(name), 'utf8'),
    post: (address: string, token: string, fields: Record<string, string>) =>
      opened.send('POST', address, { token, body: new URLSearchParams(fields).toString() }),
  }
}

describe('the review of an article', () => {
  it('marks what is doubted, with the reason, and escapes what a model wrote', async () => {
    const { openPage, signIn } = openWith()
    const { text } = await openPage(`/desk/review/${path}`, signIn('editor').token)
    expect(text).toContain('Held for 2 reasons')
    expect(text).toContain('<li>The source does not say “$5 million”.</li>')
    expect(text).toMatch(
      /cost <mark title="The source does not say “\$5 million”\.">\$5\smillion<\/mark><sup class="doubt">\[1\]<\/sup>/,
    )
    expect(text).toMatch(/>We open <\/mark><b><mark [^>]*>now<\/mark><sup class="doubt">\[2\]/)
    expect(text).toContain('&lt;script&gt;')
    expect(text).not.toContain('<script>')
  })

  it('has the model write again, shows that it does, and keeps an answer that comes too late', async () => {
    const asked: Parameters<AskModel>[0][] = []
    let answer = (_: Awaited<ReturnType<AskModel>> | Error) => {}
    const opened = openWith(undefined, (request) => {
      asked.push(request)
      return new Promise((resolve, reject) => {
        answer = (one) => (one instanceof Error ? reject(one) : resolve(one))
      })
    })
    const { openPage, post, signIn, read, write, published, listNoted } = opened
    const { token } = signIn('editor')
    const address = `/desk/review/${path}`
    const ai = { rewritten: true, expandedAt: undefined, version: 2, translatedFrom: undefined }
    const written = { title: 'Vault', description: '', body: 'Again.\n', ai, doubts: undefined }
    const ask = async () => {
      const { base } = await openPage(address, token)
      const sent = await post(`/desk/ask/${path}`, token, { base, note: 'Shorter' })
      expect([sent.status, sent.headers.location]).toEqual([303, address])
    }
    const until = (text: string) =>
      expect
        .poll(async () => (await openPage(address, token)).text, { timeout: 60_000 })
        .toContain(text)
    await ask()
    await until('The model is writing this again, as The editor has asked')
    expect((await opened.send('GET', `/desk/asking/${path}`, { token })).text).toBe(
      '{"isAsked":true}',
    )
    await post(`/desk/ask/${path}`, token, { note: 'Twice' })
    expect(asked.map(({ note }) => note)).toEqual(['Shorter'])
    answer(new Error('The budget of today is spent.'))
    await until('<li>The budget of today is spent.</li>')

    await ask()
    await expect.poll(() => asked.length).toBe(2)
    answer(written)
    await until('The model has written this again. Read it')
    expect(read()).toContain('Again.')
    expect([published, listNoted()[0]]).toEqual([[path], 'The editor ask-model Shorter'])

    await ask()
    await expect.poll(() => asked.length).toBe(3)
    write(path, `${read()}\nBy a person.\n`)
    answer({ ...written, title: 'Late' })
    await until('Its text is not lost')
    const { text } = await openPage(address, token)
    expect(text).toMatch(/<textarea name="text" hidden>\n---[^<]*title: &apos;Late&apos;/)
    expect(read()).not.toContain('Late')
  })

  it.each([
    ['no model is configured', 'editor', undefined],
    ['a writer asks', 'writer', () => Promise.reject(new Error('asked'))],
  ] as const)('has no button for the model where %s', async (_, role, askModel) => {
    const { openPage, signIn } = openWith(undefined, askModel)
    const { text } = await openPage(`/desk/review/${path}`, signIn(role).token)
    expect(text).not.toContain('Ask the model again')
  })

  it('publishes in the name of who approved, and readers have it before the answer', async () => {
    const { openPage, post, signIn, read, published, listNoted } = openWith()
    const { token } = signIn('editor')
    const { base } = await openPage(`/desk/review/${path}`, token)
    const { status, headers } = await post(`/desk/approve/${path}`, token, { base, when: 'now' })
    expect([status, headers.location]).toEqual([303, `/desk/review/${path}?done=approved`])
    expect(published).toEqual([path])
    expect(read()).not.toContain('draft')
    expect(read()).toMatch(/review:\n {2}by: The editor\n {2}at: '?2026-11-30T12:00:00.000Z/)
    expect(listNoted()[0]).toBe('The editor approve Reviewed by The editor')
  })

  it('publishes at a time of the publication’s zone, and asks for one that is there', async () => {
    const { openPage, post, signIn, read } = openWith()
    const { token } = signIn('editor')
    const { base } = await openPage(`/desk/review/${path}`, token)
    for (const at of ['', 'soon', '2020-01-01T09:00']) {
      const refused = await post(`/desk/approve/${path}`, token, { base, when: 'later', at })
      expect(refused.status, at).toBe(422)
      // A second press of the button does not publish at once.
      expect(refused.text).toContain('value="later" checked')
      expect(refused.text).not.toContain('value="now" checked')
      expect(refused.text).toContain(`name="at" id="at" value="${at}"`)
      expect(read()).toBe(held)
    }
    await post(`/desk/approve/${path}`, token, { base, when: 'later', at: '2026-12-24T18:00' })
    expect(read()).toContain("publishedAt: '2026-12-24T18:00:00.000Z'")
  })

  it('rejects with a reason that stays with the draft', async () => {
    const { openPage, post, signIn, read } = openWith()
    const { token } = signIn('editor')
    const { base } = await openPage(`/desk/review/${path}`, token)
    expect((await post(`/desk/reject/${path}`, token, { base, reason: ' ' })).status).toBe(422)
    await post(`/desk/reject/${path}`, token, { base, reason: 'Nobody said so' })
    expect(read()).toContain('Rejected by The editor: Nobody said so')
    const { text } = await openPage(`/desk/review/${path}`, token)
    expect(text).toContain('data-state="rejected"')
  })

  it('decides nothing about a text that has changed since it was shown', async () => {
    const { openPage, post, signIn, write, read } = openWith()
    const { token } = signIn('editor')
    const { base } = await openPage(`/desk/review/${path}`, token)
    const changed = held.replace('The end.', 'Another end.')
    write(path, changed)
    const { status, text } = await post(`/desk/approve/${path}`, token, { base, when: 'now' })
    expect([status, read()]).toEqual([409, changed])
    expect(text).toContain('Another end.')
  })

  it('has an answer to decisions about files that are gone, broken or none', async () => {
    const broken = 'articles/en/2026/11/broken.md'
    const { post, signIn } = openWith({ [broken]: '---\ntitle: [\n---\nText.\n' })
    const { token } = signIn('editor')
    const fields = { base: 'x', reason: 'Why', text: 'Right', at: '2027-01-01T10:00' }
    for (const action of [
      ...['approve', 'reject', 'withdraw', 'undo-withdrawal', 'correct', 'schedule', 'pin'],
    ]) {
      for (const [file, status] of Object.entries({
        [broken]: 422,
        [path]: 404,
        'redirects.txt': 404,
        '.env': 404,
        'pages/about.md': 404,
      })) {
        const answer = await post(`/desk/${action}/${file}`, token, fields)
        expect(answer.status, `${action} ${file}`).toBe(status)
      }
    }
  })

  it('is nothing for a file that is not there or not an article', async () => {
    const { openPage, signIn } = openWith({ 'articles/en/broken.md': 'No front matter' })
    const { token } = signIn('editor')
    expect((await openPage('/desk/review/articles/en/none.md', token)).status).toBe(404)
    expect((await openPage('/desk/review/..%2F..%2Fetc%2Fpasswd', token)).status).toBe(400)
    expect((await openPage('/desk/review/package.json', token)).status).toBe(404)
    const broken = await openPage('/desk/review/articles/en/broken.md', token)
    expect([broken.status, broken.text]).toEqual([422, expect.stringContaining('front matter')])
  })
})

describe('the editor of a file', () => {
  /** What a browser sends of the form as it was shown. */
  const asShown = {
    'field:title': 'Vault opened for $5 million',
    'field:tags': 'BTC\r\nETH',
    'field:category': 'MARKETS',
    'field:publishedAt': '2026-11-20T09:00:00.000Z',
    body: held.slice(held.indexOf('\nThe vault')).replaceAll('\n', '\r\n'),
  }

  it('changes the bytes of one field alone, and none where nothing was changed', async () => {
    const { openPage, post, signIn, read, published } = openWith()
    const { token } = signIn('editor')
    const { base, mode } = await openPage(`/desk/edit/${path}`, token)
    expect(mode).toBe('form')
    await post(`/desk/edit/${path}`, token, { base, mode: 'form', ...asShown })
    expect(read()).toBe(held)
    const edited = { base, mode: 'form', ...asShown, 'field:category': 'BUSINESS' }
    const { headers } = await post(`/desk/edit/${path}`, token, edited)
    expect(headers.location).toBe(`/desk/edit/${path}?done=saved`)
    expect(read()).toBe(held.replace('category: MARKETS', 'category: BUSINESS'))
    expect(published).toContain(path)
  })

  it('offers both changes where two have edited one file, and overwrites neither', async () => {
    const { openPage, post, signIn, read } = openWith()
    const [olena, taras] = [signIn('editor').token, signIn('owner').token]
    const { base } = await openPage(`/desk/edit/${path}`, olena)
    const sent = (body: string) => ({ ...asShown, base, mode: 'form', body })
    const first = asShown.body.replace('The end.', 'Olena’s end.')
    await post(`/desk/edit/${path}`, olena, sent(first))
    const second = asShown.body.replace('The vault cost', 'The old vault cost')
    const { status, text } = await post(`/desk/edit/${path}`, taras, sent(second))
    expect(status).toBe(409)
    expect(text).toContain('The editor has changed the file since you opened it.')
    expect(read()).toContain('Olena’s end.')
    const merged = /<textarea id="text"[^>]*>\n([^<]*)/.exec(text)?.[1] ?? ''
    expect(merged).toContain('The old vault cost')
    expect(merged).toContain('Olena’s end.')
    const theirs = /name="base" value="([^"]+)"/.exec(text)?.[1] ?? ''
    const whole = held
      .replace('The end.', 'Olena’s end.')
      .replace('The vault cost', 'The old vault cost')
    await post(`/desk/edit/${path}`, taras, { base: theirs, mode: 'whole', text: whole })
    expect(read()).toBe(whole)
  })

  it('marks both texts where they are about the same line, and saves no mark', async () => {
    const { openPage, post, signIn, read, write } = openWith()
    const { token } = signIn('editor')
    const { base } = await openPage(`/desk/edit/${path}`, token)
    const changed = held.replace('The end.', 'A shell’s end.')
    write(path, changed)
    const body = asShown.body.replace('The end.', 'My end.')
    const { text } = await post(`/desk/edit/${path}`, token, {
      ...asShown,
      base,
      mode: 'form',
      body,
    })
    expect(text).toMatch(/(?:&lt;){7} Your text\nMy end\.\n=======\nA shell’s end\.\n(?:&gt;){7}/)
    const theirs = /name="base" value="([^"]+)"/.exec(text)?.[1] ?? ''
    const marked = changed.replace('A shell’s end.', '<<<<<<< a\nx\n=======\ny\n>>>>>>> b')
    const refused = await post(`/desk/edit/${path}`, token, {
      base: theirs,
      mode: 'whole',
      text: marked,
    })
    expect([refused.status, read()]).toEqual([422, changed])
  })

  it('keeps what was sent when it cannot be saved', async () => {
    const { openPage, post, signIn, read } = openWith()
    const { token } = signIn('editor')
    const { base } = await openPage(`/desk/edit/${path}?whole`, token)
    const text = held.replace("publishedAt: '2026-11-20T09:00:00.000Z'", 'publishedAt: soon')
    const refused = await post(`/desk/edit/${path}`, token, { base, mode: 'whole', text })
    expect(refused.status).toBe(422)
    expect(refused.text).toContain('publishedAt: soon')
    expect(read()).toBe(held)
  })

  it('lets writers change drafts, and nothing that makes them public', async () => {
    const published = held.replace(/draft: true\ndraftReason.*\n/, '')
    const other = 'articles/en/2026/11/live.md'
    const { openPage, post, signIn, read } = openWith({ [path]: held, [other]: published })
    const { token } = signIn('writer')
    const draft = await openPage(`/desk/edit/${path}`, token)
    expect(draft.text).not.toContain('field:publishedAt')
    const { 'field:publishedAt': _, ...texts } = asShown
    const sent = { ...texts, mode: 'form', 'field:title': 'Mine' }
    await post(`/desk/edit/${path}`, token, { ...sent, base: draft.base })
    expect(read()).toContain('Mine')

    const live = await openPage(`/desk/edit/${other}`, token)
    const refused: { address: string; fields: Record<string, string> }[] = [
      { address: other, fields: { ...sent, base: live.base } },
      { address: path, fields: { ...sent, base: draft.base, 'field:noindex': 'true' } },
      { address: path, fields: { base: draft.base, mode: 'whole', text: published } },
      { address: 'articles/en/new.md', fields: { base: '', mode: 'whole', text: published } },
    ]
    for (const { address, fields } of refused) {
      const { status } = await post(`/desk/edit/${address}`, token, fields)
      expect([404, 422], address).toContain(status)
    }
    expect(read(other)).toBe(published)
    expect(read()).toContain('draft: true')
  })

  it('puts no picture in the place of another one', async () => {
    const { send, signIn, read, write } = openWith()
    const { token } = signIn('writer')
    // The smallest picture of bytes that are text as well.
    const gif = 'GIF89a\x01\0\x01\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;'
    const add = () => send('POST', '/desk/media?name=Vault%20door.GIF', { token, body: gif })
    const added = await add()
    const { path: file } = JSON.parse(added.text)
    expect(file).toMatch(/^media\/2026\/11\/vault-door-[0-9a-f]{16}\.gif$/)
    expect(await add()).toEqual(added)
    write(file, 'Another one, with the same name')
    const refused = await add()
    expect([refused.status, refused.text]).toEqual([422, expect.stringContaining(file)])
    expect(read(file)).toBe('Another one, with the same name')
  })

  it('says who else is in a file', async () => {
    const { openPage, post, signIn } = openWith()
    const [olena, taras] = [signIn('editor').token, signIn('owner').token]
    await openPage(`/desk/edit/${path}`, olena)
    const { text } = await openPage(`/desk/edit/${path}`, taras)
    expect(text).toContain('Also in this file: The editor')
    const answer = await post(`/desk/presence/${path}`, olena, {})
    expect(JSON.parse(answer.text)).toEqual({ others: ['The owner'] })
  })
})

/** A file as an editor's, published unless told otherwise. */
const articleOf = (title: string, lines = '') => `---
title: ${title}
publishedAt: '2026-11-20T09:00:00.000Z'
category: MARKETS
${lines}---
Text.
`

describe('the history of a file', () => {
  it('shows what has changed, and brings back what was there', async () => {
    const { openPage, post, signIn, read, write } = openWith({ [path]: articleOf('First') })
    const { token } = signIn('editor')
    await openPage(`/desk/history/${path}`, token)
    write(path, articleOf('Second'))
    const { text } = await openPage(`/desk/history/${path}`, token)
    const [latest, first] = Array.from(text.matchAll(/href="\?revision=(\d+)"/g), ([, id]) => id)
    const diff = await openPage(`/desk/history/${path}?revision=${latest}`, token)
    expect(diff.text).toContain('<del>- title: First\n</del><ins>+ title: Second\n</ins>')
    await post(`/desk/history/${path}`, token, { base: diff.base, revision: first ?? '' })
    expect(read()).toBe(articleOf('First'))
  })

  it('restores no revision of another file, and over no change that was not seen', async () => {
    const other = 'articles/en/2026/11/other.md'
    const files = { [path]: articleOf('First'), [other]: articleOf('Other') }
    const { openPage, post, signIn, read, write } = openWith(files)
    const { token } = signIn('editor')
    const { base } = await openPage(`/desk/history/${path}`, token)
    const { text } = await openPage(`/desk/history/${other}`, token)
    const foreign = /href="\?revision=(\d+)"/.exec(text)?.[1] ?? ''
    const address = `/desk/history/${path}`
    expect((await post(address, token, { base, revision: foreign })).status).toBe(404)
    write(path, articleOf('Second'))
    const { text: after } = await openPage(address, token)
    const first = Array.from(after.matchAll(/href="\?revision=(\d+)"/g), ([, id]) => id).at(-1)
    expect((await post(address, token, { base, revision: first ?? '' })).status).toBe(422)
    expect(read()).toBe(articleOf('Second'))
  })
})

describe('the tools', () => {
  it('withdraw, correct and pin, each with what readers see', async () => {
    const { openPage, post, signIn, read, sync } = openWith({ [path]: articleOf('Live') })
    await sync()
    const { token } = signIn('editor')
    const act = async (action: string, fields: Record<string, string>) => {
      const { base } = await openPage(`/desk/review/${path}`, token)
      return (await post(`/desk/${action}/${path}`, token, { base, ...fields })).status
    }
    expect(await act('correct', { text: ' ' })).toBe(422)
    expect(await act('correct', { text: 'It cost $4, not $5.' })).toBe(303)
    expect(read()).toContain("text: 'It cost $4, not $5.'")
    expect(await act('pin', { at: 'soon' })).toBe(422)
    expect(await act('pin', { at: '2026-12-03T09:30' })).toBe(303)
    expect(read()).toMatch(/stickyWeight: 10\npinnedUntil: '?2026-12-03T09:30:00.000Z/)
    expect(await act('withdraw', { reason: 'Invented' })).toBe(303)
    expect(read()).toMatch(/# Withdrawn: Invented\nwithdrawn: true/)
    expect(await act('undo-withdrawal', {})).toBe(303)
    expect(read()).not.toContain('withdrawn: true')
    const { token: owner } = signIn('owner')
    const audit = await openPage('/desk/audit?action=withdraw', owner)
    expect(audit.text).toMatch(/<option value="withdraw" selected>Withdrawn</)
    expect(
      Array.from(audit.text.matchAll(/<td>([A-Z][a-z ]+)<\/td>/g), ([, cell]) => cell),
    ).toContain('Withdrawn')
    expect(audit.text).not.toContain('<td>Corrected</td>')
  })

  it('put pins in another order, and write those that have changed alone', async () => {
    const pin = (title: string, weight: number) =>
      articleOf(title, `stickyWeight: ${weight}\npinnedUntil: 2026-12-05T12:00:00Z\n`)
    const names = ['one', 'two', 'three'].map((name) => `articles/en/${name}.md`)
    const [one = '', two = '', three = ''] = names
    const files = { [one]: pin('One', 30), [two]: pin('Two', 20), [three]: pin('Three', 10) }
    const { openPage, signIn, read, sync, send, published } = openWith(files)
    await sync()
    const { token } = signIn('editor')
    const order = (text: string) =>
      Array.from(text.matchAll(/name="path" value="([^"]+)"/g), ([, name]) => name)
    expect(order((await openPage('/desk/front-page', token)).text)).toEqual(names)
    const form = new URLSearchParams([
      ['locale', 'en'],
      ['move', '2 -1'],
    ])
    for (const name of names) {
      form.append('path', name)
      form.append('until', '2026-12-05T12:00')
    }
    await send('POST', '/desk/front-page', { token, body: form.toString() })
    expect(order((await openPage('/desk/front-page', token)).text)).toEqual([one, three, two])
    expect(read(one)).toBe(files[one])
    expect(published).toEqual([three, two])
    const unpin = new URLSearchParams([...form, ['unpin', two]])
    unpin.delete('move')
    await send('POST', '/desk/front-page', { token, body: unpin.toString() })
    expect(order((await openPage('/desk/front-page', token)).text)).toEqual([one, three])
  })

  it('rename a tag where that was shown, and leave what has changed since', async () => {
    const names = ['one', 'two'].map((name) => `articles/en/${name}.md`)
    const [one = '', two = ''] = names
    const tagged = (title: string, tags: string) => articleOf(title, `tags: ${tags}\n`)
    const files = { [one]: tagged('One', '[BTC, NEWS]'), [two]: tagged('Two', '[NEWS, BITCOIN]') }
    const { openPage, signIn, read, sync, send, write } = openWith(files)
    await sync()
    const { token } = signIn('editor')
    const { text } = await openPage('/desk/tags?from=BTC&to=BITCOIN', token)
    expect(text).toContain('<del>BTC, NEWS</del> → <ins>BITCOIN, NEWS</ins>')
    const changes = Array.from(text.matchAll(/name="change" value="([^"]+)"/g), ([, one]) => one)
    const form = new URLSearchParams({ from: 'BTC', to: 'BITCOIN' })
    for (const change of changes) form.append('change', change ?? '')
    write(one, tagged('Another', '[BTC]'))
    await sync()
    await send('POST', '/desk/tags', { token, body: form.toString() })
    expect(read(one)).toBe(tagged('Another', '[BTC]'))
    write(one, files[one] ?? '')
    await send('POST', '/desk/tags', { token, body: form.toString() })
    expect(read(one)).toContain('tags: [BITCOIN, NEWS]')
    expect(read(two)).toBe(files[two])
  })

  it('keep redirects, and refuse one that could not be followed', async () => {
    const { openPage, post, signIn, read } = openWith({})
    const { token } = signIn('editor')
    const add = async (from: string, to: string) => {
      const { base } = await openPage('/desk/redirects', token)
      return (await post('/desk/redirects', token, { base, from, to })).status
    }
    expect(await add('/old', '/new')).toBe(303)
    expect(await add('/older', '')).toBe(303)
    expect(await add('no slash', '/new')).toBe(422)
    expect(read('redirects.txt')).toBe('/old /new\n/older 410\n')
    const { base } = await openPage('/desk/redirects', token)
    await post('/desk/redirects/remove', token, { base, from: '/old' })
    expect(read('redirects.txt')).toBe('/older 410\n')
  })

  it('switch sources off and on', async () => {
    const { openPage, post, signIn, contentDir, dataDir } = openWith({})
    const { token } = signIn('editor')
    writeFileSync(join(dataDir, 'ingest-report.json'), JSON.stringify(report))
    await post('/desk/ingest/sources', token, { source: 'wire', to: 'off' })
    await post('/desk/ingest/sources', token, { source: '../unknown', to: 'off' })
    expect([...readSourcesOff(contentDir)]).toEqual(['wire'])
    const { text } = await openPage('/desk/ingest', token)
    expect(text).toContain('Switched off')
    expect(text).toContain('Requests today: 7 / 2,000')
    await post('/desk/ingest/sources', token, { source: 'wire', to: 'on' })
    expect([...readSourcesOff(contentDir)]).toEqual([])
  })

  it('have every page, also where there is nothing', async () => {
    const { openPage, signIn, routes } = openWith({})
    const { token } = signIn('owner')
    const pages = routes.filter(({ method, path }) => method === 'GET' && !path.endsWith('*'))
    for (const { path } of pages) {
      expect((await openPage(`/desk${path === '/' ? '' : path}`, token)).status, path).toBe(200)
    }
  })
})

const counts = { fetched: 3, new: 1, duplicate: 0, changed: 0, withdrawn: 0, rejected: 0, held: 0 }
const report = {
  startedAt: '2026-11-30T11:00:00.000Z',
  finishedAt: '2026-11-30T11:01:00.000Z',
  isRehearsal: false,
  sources: [{ key: 'wire', ...counts, rejections: [], notes: [] }],
  articles: {
    published: 1,
    drafts: 0,
    updated: 0,
    withdrawn: 0,
    translated: 0,
    alsoReported: 0,
    leftToPeople: 0,
  },
  waiting: 0,
  problems: [],
  model: {
    isConfigured: true,
    requests: 7,
    tokens: 900,
    requestsToday: 7,
    tokensToday: 900,
    remembered: 0,
    limits: { requestsPerDay: 2000, tokensPerDay: 4_000_000 },
  },
}

describe('a new article', () => {
  it('is a draft of who made it, with a section of the publication, and is not written over', async () => {
    const { openPage, post, signIn, read, listNoted } = openWith()
    const { token } = signIn('writer')
    const { text } = await openPage('/desk/new', token)
    expect(text).toContain('<option value="MARKETS">Markets</option>')
    const fields = { title: 'Біржа: "сховище" #1', lang: 'uk', section: 'MARKETS', of: '' }
    const made = await post('/desk/new', token, fields)
    const path = 'articles/uk/2026/11/birzha-skhovyshche-1.md'
    expect([made.status, made.headers.location]).toEqual([303, `/desk/edit/${path}`])
    expect(read(path)).toMatch(/^title: 'Біржа: "сховище" #1'$/m)
    expect(read(path)).toMatch(/^draft: true$/m)
    expect(listNoted()[0]).toBe('The writer save New')
    const again = await post('/desk/new', token, fields)
    expect([again.status, again.text]).toEqual([422, expect.stringContaining('is there already')])
    expect(again.text).toContain('value="Біржа: &quot;сховище&quot; #1"')
  })

  it('is a translation with section, tags and address of its original', async () => {
    const { openPage, post, signIn, read, sync } = openWith()
    await sync()
    const { token } = signIn('writer')
    const review = await openPage(`/desk/review/${path}`, token)
    const link = '/desk/new?of=articles%2Fen%2F2026%2F11%2Fvault.md&amp;lang=uk'
    expect(review.text).toContain(`<a href="${link}">Write it in: Ukrainian</a>`)
    const form = await openPage(link.replace('&amp;', '&'), token)
    expect(form.text).toContain(`value="${path}" list="originals"`)
    expect(form.text).toMatch(/<option value="uk" selected>/)
    const fields = { title: 'Сховище', lang: 'uk', section: '', of: path }
    expect((await post('/desk/new', token, { ...fields, lang: 'en' })).text).toContain(
      'The original is in this language.',
    )
    expect((await post('/desk/new', token, { ...fields, of: 'lost' })).text).toContain(
      'There is no article lost.',
    )
    expect((await post('/desk/new', token, { ...fields, of: '' })).text).toContain(
      'Please choose a section.',
    )
    // By its address, too.
    await post('/desk/new', token, { ...fields, of: 'https://paper.example/article/vault' })
    const made = read('articles/uk/2026/11/vault.md')
    expect(made).toMatch(/^category: MARKETS\ntags:\n {2}- BTC\n {2}- ETH\n/m)
  })

  it('offers sections in the editor, and keeps the spelling of the file', async () => {
    const { openPage, post, signIn, read, write } = openWith()
    write(path, held.replace('MARKETS', 'markets'))
    const { token } = signIn('editor')
    const { text, base, mode } = await openPage(`/desk/edit/${path}`, token)
    expect(text).toContain('<option value="markets" selected>Markets</option>')
    const fields = { base, mode: mode ?? '', body: 'Text.\n' }
    await post(`/desk/edit/${path}`, token, { ...fields, 'field:category': 'markets' })
    expect(read()).toMatch(/^category: markets$/m)
  })
})
