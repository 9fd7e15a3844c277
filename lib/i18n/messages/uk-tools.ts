import type { Messages } from '../messages.ts'

/** Words of what a reader can do with an article and with pages, in Ukrainian. */
export const ukTools: Messages['tools'] = {
  save: 'Зберегти',
  alreadyRead: 'Вже прочитано',
  saved: 'Збережене',
  savedTitle: 'Збережені статті',
  savedIntro:
    'Статті, які ви зберегли. Вони лежать лише в цьому браузері: облікового запису немає, і ніхто інший про них не знає. Читати їх можна й без інтернету.',
  savedNothing: 'Тут поки що порожньо.',
  savedNothingHint: 'Закладка біля заголовка зберігає статтю на цю сторінку.',
  savedAt: 'Збережено',
  remove: 'Прибрати',
  needsScript: 'Щоб зберігати статті, потрібен JavaScript, а в цьому браузері його вимкнено.',
  offlineTitle: 'Немає з’єднання',
  offlineIntro: 'Завантажити цю сторінку зараз не вдається. Те, що є в списку, можна читати й так.',
  offlineNothing: 'Поки що тут нічого немає.',
  offlineNothingHint: 'Статті, які ви відкрили чи зберегли, можна буде читати тут без інтернету.',
  openedTitle: 'Статті, які ви відкривали',
  openedAt: 'Відкрито',
  tryAgain: 'Спробувати ще раз',

  newArticles: {
    one: '# нова стаття',
    few: '# нові статті',
    many: '# нових статей',
    other: '# нової статті',
  },

  articleTools: 'Дії зі статтею',
  share: 'Поділитися',
  copyLink: 'Копіювати посилання',
  linkCopied: 'Посилання скопійовано',
  linkNotCopied: 'Не вдалося скопіювати посилання',
  listen: 'Слухати',
  pause: 'Пауза',
  resume: 'Далі',
  stop: 'Зупинити',

  settings: 'Вигляд',
  theme: 'Тема',
  themes: { system: 'Як на пристрої', light: 'Світла', dark: 'Темна' },
  textSize: 'Розмір тексту',
  textSizes: {
    small: 'Малий',
    normal: 'Звичайний',
    large: 'Великий',
    largest: 'Найбільший',
  },
  keys: 'Клавіатурні скорочення',
  keysHint: '/ — пошук, j і k — від заголовка до заголовка, s — зберегти статтю.',
}
