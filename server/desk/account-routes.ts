import {
  type Accounts,
  AccountsError,
  isRole,
  linkTimes,
  type PendingLink,
  roles,
  type User,
} from '#lib/desk/accounts.ts'
import type { AuditAction } from '#lib/desk/audit-log.ts'
import { type DeskLanguage, deskLanguages, isDeskLanguage } from '#lib/i18n/desk-words.ts'
import { formatCount, formatDateTime } from '#lib/i18n/format.ts'
import { fillIn } from '#lib/i18n/messages.ts'
import type { DeskEnv } from '#lib/site/env.ts'
import {
  type DeskRoute,
  isFromThisMachine,
  type OpenRoute,
  type Reply,
  type SignedVisit,
  type Visit,
} from './desk.ts'
import { type Html, html } from './html.ts'
import type { Passkeys } from './passkeys.ts'

/** What is written into the audit log about accounts. */
export type NoteAccount = (entry: {
  by: string
  action: AuditAction
  detail: string
  from: string
}) => void

/** Sign-in, links, passkeys, one's own account, and people. */
export function listAccountRoutes({
  env: { origin },
  accounts,
  passkeys,
  note,
  now = () => new Date(),
}: {
  env: DeskEnv
  accounts: Accounts
  passkeys: Passkeys
  note: NoteAccount
  now?: () => Date
}): DeskRoute[] {
  /** The first link works on this machine, whatever address the desk has; the others at the desk. */
  function isLinkThere({
    rest,
    request,
    isAtDesk,
  }: Parameters<NonNullable<OpenRoute['isThere']>>[0]): boolean {
    const link = accounts.findLink(rest)
    return link?.kind === 'first' ? isFromThisMachine(request) : isAtDesk && link !== undefined
  }

  function showLink({ rest, words, language }: Visit, problem?: string): Reply {
    const link = accounts.findLink(rest)
    if (!link) return { kind: 'redirect', to: '/desk/sign-in' }
    const [title, intro] = describeLink(link, words, (id) => accounts.findUser(id)?.name ?? '')
    return {
      kind: 'page',
      title,
      status: problem === undefined ? 200 : 422,
      body: html`<h1>${title}</h1>
        <p>${intro}</p>
        <form method="post" class="fields">
          ${link.kind !== 'device' && nameField(words, '', problem)}
          ${link.kind !== 'device' && languageField(words, language)}
          <button>${words.linkAccept}</button>
        </form>`,
    }
  }

  function redeem(visit: Visit): Reply {
    const { rest, form, words, language, from } = visit
    const chosen = form.get('language')
    const wanted = isDeskLanguage(chosen) ? chosen : language
    try {
      const redeemed = accounts.redeemLink(rest, { name: form.get('name') ?? '', language: wanted })
      if (!redeemed) return { kind: 'redirect', to: '/desk/sign-in' }
      const { user, kind } = redeemed
      if (kind !== 'device') note({ by: user.name, action: 'user-added', detail: user.role, from })
      const hostOfVisit = visit.exchange.request.headers.host
      if (hostOfVisit !== new URL(origin).host) return showElsewhere(user, visit)
      note({ by: user.name, action: 'sign-in', detail: kind, from })
      return {
        kind: 'redirect',
        to: kind === 'device' ? '/desk/account' : '/desk/account?welcome',
        session: { start: accounts.startSession(user.id) },
      }
    } catch (error) {
      if (error instanceof AccountsError) return showLink(visit, words.errors[error.reason])
      throw error
    }
  }

  /** A cookie and a passkey are for one host: the first owner goes on where the desk is. */
  function showElsewhere(user: User, { words }: Visit): Reply {
    const token = accounts.createLink({ kind: 'device', userId: user.id }, user.id)
    const url = `${origin}/desk/sign-in/${token}`
    const title = fillIn(words.linkElsewhere, new URL(origin).host)
    return {
      kind: 'page',
      title,
      body: html`<h1>${title}</h1>
        <p>${words.linkElsewhereIntro}</p>
        <p><a href="${url}">${url}</a></p>`,
    }
  }

  function showAccount({ user, words, language, query }: SignedVisit, problem?: string): Reply {
    const keys = accounts.listPasskeys(user.id)
    const on = (instant: string) => formatDateTime(language, instant)
    const sessions = formatCount(
      language,
      words.signOutEverywhereIntro,
      accounts.countSessions(user.id),
    )
    return {
      kind: 'page',
      title: words.account,
      status: problem === undefined ? 200 : 422,
      body: html`<h1>${words.account}</h1>
        <section aria-labelledby="passkeys">
          <h2 id="passkeys">${words.passkeys}</h2>
          ${keys.length === 0 && html`<p class="${query.has('welcome') ? 'notice' : ''}">${words.passkeysNone}</p>`}
          <ul class="rows">
            ${keys.map(
              ({ id, createdAt, usedAt, rpId }) => html`<li>
                <span>
                  ${fillIn(words.passkeyAdded, on(createdAt))},
                  ${fillIn(words.passkeyHost, rpId)}${usedAt !== undefined && html`, ${fillIn(words.passkeyUsed, on(usedAt))}`}
                </span>
                <form method="post" action="/desk/account/passkeys/remove">
                  <button name="id" value="${id}" class="quiet">${words.remove}</button>
                </form>
              </li>`,
            )}
          </ul>
          <p>
            <button type="button" data-passkey="add" hidden>${words.passkeyAdd}</button>
            <noscript>${words.needsScript}</noscript>
          </p>
          <p data-passkey-problem role="alert" hidden>${words.failed}</p>
          <h3>${words.passkeyOther}</h3>
          <p>${words.passkeyOtherIntro}</p>
          <form method="post" action="/desk/account/link">
            <button class="quiet">${words.makeLink}</button>
          </form>
        </section>
        <form method="post" class="fields">
          ${nameField(words, user.name, problem)} ${languageField(words, language)}
          <button>${words.save}</button>
        </form>
        <section aria-labelledby="sign-out">
          <h2 id="sign-out">${words.signOut}</h2>
          <form method="post" action="/desk/sign-out" class="line">
            <button class="quiet">${words.signOut}</button>
          </form>
          <form method="post" action="/desk/sign-out/everywhere" class="line">
            <span>${sessions}</span> <button class="quiet">${words.signOutEverywhere}</button>
          </form>
        </section>`,
    }
  }

  function saveAccount(visit: SignedVisit): Reply {
    const { form, user, words, language, from } = visit
    const chosen = form.get('language')
    try {
      accounts.setProfile(user.id, {
        name: form.get('name') ?? '',
        language: isDeskLanguage(chosen) ? chosen : language,
      })
      // The log identifies people by name, so it has an entry for each new name.
      const name = accounts.findUser(user.id)?.name ?? ''
      if (name !== user.name) note({ by: user.name, action: 'renamed', detail: name, from })
    } catch (error) {
      if (error instanceof AccountsError) return showAccount(visit, words.errors[error.reason])
      throw error
    }
    return { kind: 'redirect', to: '/desk/account' }
  }

  /** A link is shown in the answer itself, once: it stands in no address and is stored nowhere. */
  function showMadeLink(link: Parameters<Accounts['createLink']>[0], visit: SignedVisit): Reply {
    const { user, words, language } = visit
    const url = `${origin}/desk/sign-in/${accounts.createLink(link, user.id)}`
    const until = new Date(now().getTime() + linkTimes[link.kind]).toISOString()
    return {
      kind: 'page',
      title: words.linkMade,
      body: html`<h1>${words.linkMade}</h1>
        <p>${fillIn(words.linkMadeIntro, formatDateTime(language, until))}</p>
        <p class="made-link"><a href="${url}">${url}</a></p>
        <p><a href="/desk/people">${words.people}</a></p>`,
    }
  }

  function showPeople({ user: self, words, language }: SignedVisit, problem?: string): Reply {
    const users = accounts.listUsers()
    const nameOf = (id: string) => users.find((one) => one.id === id)?.name ?? ''
    const links = accounts.listLinks().filter(({ kind }) => kind !== 'first')
    return {
      kind: 'page',
      title: words.people,
      status: problem === undefined ? 200 : 422,
      body: html`<h1>${words.people}</h1>
        <p>${words.peopleIntro}</p>
        ${problem !== undefined && html`<p role="alert" class="problem">${problem}</p>`}
        <ul class="rows">
          ${users.map(
            (one) => html`<li>
              <span>
                <strong>${one.name}</strong>${one.id === self.id && ` (${words.you})`} ·
                ${words.roles[one.role]} · ${words.lastSeen}:
                ${one.seenAt === undefined ? words.never : formatDateTime(language, one.seenAt)}
              </span>
              <form method="post" action="/desk/people/role" class="line">
                <input type="hidden" name="user" value="${one.id}" />
                ${roleField(words, one.role, `role-${one.id}`)}
                <button class="quiet">${words.changeRole}</button>
                <button class="quiet" formaction="/desk/people/link">${words.signInLinkFor}</button>
                <button class="quiet" formaction="/desk/people/remove">${words.removeUser}</button>
              </form>
            </li>`,
          )}
        </ul>
        <section aria-labelledby="invite">
          <h2 id="invite">${words.invite}</h2>
          <p>${words.inviteIntro}</p>
          <form method="post" action="/desk/people/invite" class="line">
            ${roleField(words, 'editor', 'role-invited')} <button>${words.makeLink}</button>
          </form>
        </section>
        ${
          links.length > 0 &&
          html`<section aria-labelledby="links">
            <h2 id="links">${words.invitations}</h2>
            <ul class="rows">
              ${links.map((link) => {
                const what =
                  link.kind === 'invitation'
                    ? words.roles[link.role]
                    : link.kind === 'device'
                      ? fillIn(words.deviceLinkOf, nameOf(link.userId))
                      : ''
                return html`<li>
                  <span>${fillIn(words.invitationUntil, what, formatDateTime(language, link.expiresAt))}</span>
                  <form method="post" action="/desk/people/take-back">
                    <button name="link" value="${link.id}" class="quiet">${words.takeBack}</button>
                  </form>
                </li>`
              })}
            </ul>
          </section>`
        }`,
    }
  }

  /** Does something to a user and shows the list, with what is in the way if something is. */
  const changeUser = (change: (user: User, visit: SignedVisit) => void) => (visit: SignedVisit) => {
    try {
      const user = accounts.findUser(visit.form.get('user') ?? '')
      if (!user) throw new AccountsError('no-user')
      change(user, visit)
      return { kind: 'redirect', to: '/desk/people' } as const
    } catch (error) {
      if (error instanceof AccountsError) {
        return showPeople(visit, visit.words.errors[error.reason])
      }
      throw error
    }
  }

  return [
    {
      method: 'GET',
      path: '/sign-in',
      role: 'anyone',
      answer: ({ words }) => ({
        kind: 'page',
        title: words.signIn,
        body: html`<h1>${words.signIn}</h1>
          <p>${words.signInIntro}</p>
          <p>
            <button type="button" data-passkey="sign-in" hidden>${words.signInWithPasskey}</button>
            <noscript>${words.needsScript}</noscript>
          </p>
          <p data-passkey-problem role="alert" hidden>${words.signInFailed}</p>
          <p>${words.signInNoPasskey}</p>`,
      }),
    },
    {
      method: 'POST',
      path: '/sign-in/options',
      role: 'anyone',
      answer: async () => ({ kind: 'json', value: await passkeys.toSignInOptions() }),
    },
    {
      method: 'POST',
      path: '/sign-in',
      role: 'anyone',
      async answer({ body, from }) {
        const user = await passkeys.signIn(parseJson(body))
        if (!user) return { kind: 'json', value: { isSignedIn: false }, status: 403 }
        note({ by: user.name, action: 'sign-in', detail: 'passkey', from })
        const session = { start: accounts.startSession(user.id) }
        return { kind: 'json', value: { isSignedIn: true }, session }
      },
    },
    {
      method: 'GET',
      path: '/sign-in/*',
      role: 'anyone',
      isThere: isLinkThere,
      answer: (visit) => showLink(visit),
    },
    { method: 'POST', path: '/sign-in/*', role: 'anyone', isThere: isLinkThere, answer: redeem },
    {
      method: 'POST',
      path: '/sign-out',
      role: 'writer',
      answer({ token, user, from }) {
        accounts.endSession(token)
        note({ by: user.name, action: 'sign-out', detail: '', from })
        return { kind: 'redirect', to: '/desk/sign-in', session: 'end' }
      },
    },
    {
      method: 'POST',
      path: '/sign-out/everywhere',
      role: 'writer',
      answer({ user, from }) {
        accounts.endSessions(user.id)
        note({ by: user.name, action: 'sign-out', detail: 'everywhere', from })
        return { kind: 'redirect', to: '/desk/sign-in', session: 'end' }
      },
    },
    { method: 'GET', path: '/account', role: 'writer', answer: (visit) => showAccount(visit) },
    { method: 'POST', path: '/account', role: 'writer', answer: saveAccount },
    {
      method: 'POST',
      path: '/account/link',
      role: 'writer',
      answer: (visit) => showMadeLink({ kind: 'device', userId: visit.user.id }, visit),
    },
    {
      method: 'POST',
      path: '/account/passkeys/options',
      role: 'writer',
      answer: async ({ user }) => ({
        kind: 'json',
        value: await passkeys.toRegistrationOptions(user),
      }),
    },
    {
      method: 'POST',
      path: '/account/passkeys',
      role: 'writer',
      async answer({ user, body, from }) {
        const isAdded = await passkeys.register(user, parseJson(body))
        if (isAdded) note({ by: user.name, action: 'passkey-added', detail: '', from })
        return { kind: 'json', value: { isAdded }, status: isAdded ? 200 : 422 }
      },
    },
    {
      method: 'POST',
      path: '/account/passkeys/remove',
      role: 'writer',
      answer({ user, form, from }) {
        accounts.removePasskey(user.id, form.get('id') ?? '')
        note({ by: user.name, action: 'passkey-removed', detail: '', from })
        return { kind: 'redirect', to: '/desk/account' }
      },
    },
    { method: 'GET', path: '/people', role: 'owner', answer: (visit) => showPeople(visit) },
    {
      method: 'POST',
      path: '/people/invite',
      role: 'owner',
      answer(visit) {
        const role = visit.form.get('role')
        if (!isRole(role)) return { kind: 'redirect', to: '/desk/people' }
        note({ by: visit.user.name, action: 'invited', detail: role, from: visit.from })
        return showMadeLink({ kind: 'invitation', role }, visit)
      },
    },
    {
      method: 'POST',
      path: '/people/link',
      role: 'owner',
      answer(visit) {
        const user = accounts.findUser(visit.form.get('user') ?? '')
        if (!user) return showPeople(visit, visit.words.errors['no-user'])
        note({ by: visit.user.name, action: 'invited', detail: user.name, from: visit.from })
        return showMadeLink({ kind: 'device', userId: user.id }, visit)
      },
    },
    {
      method: 'POST',
      path: '/people/take-back',
      role: 'owner',
      answer({ form, user, from }) {
        const link = accounts.listLinks().find(({ id }) => id === form.get('link'))
        if (link) {
          accounts.removeLink(link.id)
          const detail = link.kind === 'invitation' ? link.role : link.kind
          note({ by: user.name, action: 'invitation-taken-back', detail, from })
        }
        return { kind: 'redirect', to: '/desk/people' }
      },
    },
    {
      method: 'POST',
      path: '/people/role',
      role: 'owner',
      answer: changeUser(({ id, name }, { form, user, from }) => {
        const role = form.get('role')
        if (!isRole(role)) return
        accounts.setRole(id, role)
        note({ by: user.name, action: 'role-changed', detail: `${name}: ${role}`, from })
      }),
    },
    {
      method: 'POST',
      path: '/people/remove',
      role: 'owner',
      answer: changeUser(({ id, name }, { user, from }) => {
        accounts.removeUser(id)
        note({ by: user.name, action: 'user-removed', detail: name, from })
      }),
    },
  ]
}

type Words = Visit['words']

function describeLink(
  link: PendingLink,
  words: Words,
  nameOf: (id: string) => string,
): [title: string, intro: string] {
  switch (link.kind) {
    case 'first':
      return [words.linkFirst, words.linkFirstIntro]
    case 'invitation':
      return [words.linkInvitation, fillIn(words.linkInvitationIntro, words.roles[link.role])]
    case 'device':
      return [words.linkDevice, fillIn(words.linkDeviceIntro, nameOf(link.userId))]
  }
}

function nameField(words: Words, name: string, problem: string | undefined): Html {
  return html`<p>
    <label for="name">${words.yourName}</label>
    <input id="name" name="name" value="${name}" maxlength="80" required autocomplete="name"
      aria-describedby="name-hint${problem !== undefined && ' name-problem'}" />
    <small id="name-hint">${words.yourNameHint}</small>
    ${problem !== undefined && html`<strong id="name-problem" role="alert" class="problem">${problem}</strong>`}
  </p>`
}

function languageField(words: Words, chosen: DeskLanguage): Html {
  return html`<p>
    <label for="language">${words.language}</label>
    <select id="language" name="language">
      ${deskLanguages.map(
        (one) =>
          html`<option value="${one}" lang="${one}"${one === chosen && html` selected`}>${words.languages[one]}</option>`,
      )}
    </select>
  </p>`
}

function roleField(words: Words, chosen: User['role'], id: string): Html {
  return html`<label for="${id}" class="hidden">${words.role}</label>
    <select id="${id}" name="role">
      ${roles.map(
        (one) =>
          html`<option value="${one}"${one === chosen && html` selected`}>${words.roles[one]}</option>`,
      )}
    </select>`
}

/** Undefined for what is no JSON. */
function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString())
  } catch {
    return undefined
  }
}
