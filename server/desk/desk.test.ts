import { describe, expect, it } from 'vitest'
import { mayActAs, roles } from '#lib/desk/accounts.ts'
import { openDeskInTest } from './open-desk-in-test.ts'

const addressOf = (path: string) => `/desk${path.replace('*', 'some/thing').replace(/^\/$/, '')}`

describe('every route of the desk', () => {
  it('is the ordinary 404 without a session and with a wrong one, byte for byte', async () => {
    const { routes, send, signIn, accounts } = openDeskInTest()
    const { user, token: ended } = signIn('owner')
    accounts.endSessions(user.id)
    const { token } = signIn('owner')
    const locked = routes.filter(({ role }) => role !== 'anyone')
    expect(locked.length).toBeGreaterThan(10)
    for (const { method, path } of locked) {
      const missing = await send(method, '/nothing')
      const address = addressOf(path)
      expect(await send(method, address), address).toEqual(missing)
      for (const wrong of ['', 'x', ended, token.slice(1), `${token}; __Host-desk=${token}`]) {
        expect(await send(method, address, { token: wrong }), address).toEqual(missing)
      }
      // The right one under another host is none.
      const elsewhere = { token, headers: { host: 'paper.example' } }
      expect(await send(method, address, elsewhere), address).toEqual(missing)
    }
    for (const method of ['GET', 'POST', 'PUT', 'DELETE', 'OPTIONS']) {
      for (const path of ['/desk', '/desk/nothing', '/desk/sign-in/guess']) {
        expect(await send(method, path), `${method} ${path}`).toEqual(
          await send(method, '/nothing'),
        )
      }
    }
  })

  it('refuses a lesser role, and lets none change anything from a foreign page', async () => {
    const { routes, send, signIn } = openDeskInTest()
    for (const role of roles) {
      const { token } = signIn(role)
      for (const { method, path, role: needed } of routes) {
        if (needed === 'anyone') continue
        const address = addressOf(path)
        const isLesser = !mayActAs(role, needed)
        if (isLesser) expect((await send(method, address, { token })).status, address).toBe(403)
        if (method === 'GET') continue
        for (const origin of [
          'https://paper.example',
          'http://desk.example',
          'null',
          'https://desk.example.evil',
        ]) {
          const foreign = await send(method, address, { token, headers: { origin } })
          expect(foreign.status, `${address} from ${origin}`).toBe(403)
        }
        const crossSite = { token, headers: { 'sec-fetch-site': 'same-site' } }
        expect((await send(method, address, crossSite)).status, address).toBe(403)
      }
    }
  })
})

describe('the door of the desk', () => {
  it('lets the first owner in once, from this machine alone', async () => {
    const { accounts, send, listNoted } = openDeskInTest('http://localhost:4321')
    const path = `/desk/sign-in/${accounts.createLink({ kind: 'first' })}`
    const missing = await send('GET', '/nothing')
    for (const name of [
      ...['x-forwarded-for', 'x-real-ip', 'forwarded', 'via', 'x-forwarded-proto', 'x-scheme'],
      ...['x-forwarded-port', 'x-forwarded-server', 'x-original-host', 'cf-ray', 'cdn-loop'],
      ...['cf-connecting-ip', 'true-client-ip', 'x-amzn-trace-id', 'x-envoy-external-address'],
    ]) {
      expect(await send('GET', path, { headers: { [name]: '127.0.0.1' } }), name).toEqual(missing)
    }
    expect(await send('GET', path, { headers: { host: 'desk.example' } })).toEqual(missing)

    expect((await send('GET', path)).text).toContain('Become the first owner')
    const nameless = await send('POST', path, { body: 'name=+' })
    expect([nameless.status, nameless.headers['set-cookie']]).toEqual([422, undefined])
    const opened = await send('POST', path, { body: 'name=Olena&language=uk' })
    expect(opened.status).toBe(303)
    expect(String(opened.headers['set-cookie'])).toMatch(
      /^desk-on-localhost=[\w-]{43}; Path=\/; Max-Age=2592000; HttpOnly; SameSite=Lax$/,
    )
    const token = /=([\w-]{43})/.exec(String(opened.headers['set-cookie']))?.[1] ?? ''
    expect((await send('GET', '/desk/account', { token })).text).toContain('Ваш обліковий запис')
    expect(await send('GET', path)).toEqual(missing)
    expect(await send('POST', path, { body: 'name=Eve' })).toEqual(await send('POST', '/nothing'))
    expect(listNoted()).toEqual(['Olena sign-in first', 'Olena user-added owner'])
  })

  it('leads the first owner on to the host that the desk has', async () => {
    const { accounts, send } = openDeskInTest()
    const path = `/desk/sign-in/${accounts.createLink({ kind: 'first' })}`
    const here = { headers: { host: 'localhost:3000', origin: 'http://localhost:3000' } }
    const { text, headers } = await send('POST', path, { ...here, body: 'name=Olena' })
    expect(headers['set-cookie']).toBeUndefined()
    const next = /https:\/\/desk\.example(\/desk\/sign-in\/[\w-]{43})/.exec(text)?.[1] ?? ''
    const opened = await send('POST', next)
    expect(String(opened.headers['set-cookie'])).toMatch(/^__Host-desk=.*; Secure$/)
  })

  it('invites with a role, which the one who comes has', async () => {
    const { accounts, send, signIn, cookieName } = openDeskInTest()
    const { token } = signIn('owner')
    const made = await send('POST', '/desk/people/invite', { token, body: 'role=writer' })
    const path = /https:\/\/desk\.example(\/desk\/sign-in\/[\w-]{43})/.exec(made.text)?.[1] ?? ''
    expect((await send('GET', path)).text).toContain('Your role will be: Writer')
    const { headers } = await send('POST', path, { body: 'name=%3Cb%3E&role=owner' })
    expect(headers.location).toBe('/desk/account?welcome')
    const guest =
      String(headers['set-cookie'])
        .slice(cookieName.length + 1)
        .split(';')[0] ?? ''
    expect(accounts.findSession(guest)?.user).toMatchObject({ name: '<b>', role: 'writer' })
    expect((await send('GET', '/desk/people', { token })).text).toContain('&lt;b&gt;')
  })

  it('notes who has another name, and gives nobody that of somebody else', async () => {
    const { send, signIn, listNoted } = openDeskInTest()
    signIn('owner')
    const { token } = signIn('writer')
    const rename = (name: string) =>
      send('POST', '/desk/account', { token, body: new URLSearchParams({ name }).toString() })
    const refused = await rename('the OWNER')
    expect([refused.status, refused.text]).toEqual([422, expect.stringContaining('has this name')])
    expect((await rename('Taras')).status).toBe(303)
    expect((await rename('Taras')).status).toBe(303)
    expect(listNoted()).toEqual(['The writer renamed Taras'])
  })

  it('takes an invitation back, and notes that', async () => {
    const { send, signIn, listNoted, accounts } = openDeskInTest()
    const { token } = signIn('owner')
    await send('POST', '/desk/people/invite', { token, body: 'role=editor' })
    const [link] = accounts.listLinks()
    for (let time = 0; time < 2; time += 1) {
      await send('POST', '/desk/people/take-back', { token, body: `link=${link?.id}` })
    }
    expect(accounts.listLinks()).toEqual([])
    expect(listNoted()).toEqual([
      'The owner invitation-taken-back editor',
      'The owner invited editor',
    ])
  })

  it('signs out here and everywhere', async () => {
    const { send, signIn, accounts } = openDeskInTest()
    const { user, token } = signIn('writer')
    const others = [accounts.startSession(user.id), accounts.startSession(user.id)]
    const { headers } = await send('POST', '/desk/sign-out', { token })
    expect(String(headers['set-cookie'])).toMatch(/^__Host-desk=; Path=\/; Max-Age=0; /)
    const statusOf = async (one = '') => (await send('GET', '/desk/account', { token: one })).status
    expect([await statusOf(token), await statusOf(others[0])]).toEqual([404, 200])
    await send('POST', '/desk/sign-out/everywhere', { token: others[0] ?? '' })
    expect([await statusOf(others[0]), await statusOf(others[1])]).toEqual([404, 404])
  })

  it.each(['signed out everywhere', 'of a lesser role', 'removed'] as const)(
    'does nothing for somebody who is %s while the request arrives',
    async (how) => {
      const { accounts, signIn, sendSlowly } = openDeskInTest()
      signIn('owner')
      const { user, token } = signIn('owner')
      const slow = await sendSlowly('/desk/people/invite', { token, body: 'role=owner' })
      if (how === 'removed') accounts.removeUser(user.id)
      else if (how === 'of a lesser role') accounts.setRole(user.id, 'writer')
      else accounts.endSessions(user.id)
      const { status, text } = await slow.finish()
      expect([status, text]).toEqual([403, expect.stringContaining('any more')])
      expect(accounts.listLinks()).toEqual([])
    },
  )

  it('is for one user now: nothing is kept, framed, or run that is not ours', async () => {
    const { send, signIn } = openDeskInTest()
    const { headers } = await send('GET', '/desk/account', { token: signIn('writer').token })
    expect(headers).toMatchObject({
      'cache-control': 'private, no-store',
      'x-robots-tag': 'noindex, nofollow',
      'referrer-policy': 'same-origin',
    })
    const policy = String(headers['content-security-policy'])
    expect(policy).toMatch(
      /^default-src 'none'; script-src 'self'; style-src 'self' 'nonce-[^ ]+';/,
    )
    expect(policy).toContain("frame-ancestors 'none'")
  })

  it('refuses what is too large, and attempts that come too often', async () => {
    const { send, signIn } = openDeskInTest()
    const { token } = signIn('writer')
    const large = await send('POST', '/desk/account', { token, body: `name=${'x'.repeat(70_000)}` })
    expect(large.status).toBe(413)
    const statuses = new Set<number>()
    for (let attempt = 0; attempt < 80; attempt += 1) {
      statuses.add((await send('POST', '/desk/sign-in', { body: '{}' })).status)
    }
    expect([...statuses]).toEqual([403, 429])
  })
})
