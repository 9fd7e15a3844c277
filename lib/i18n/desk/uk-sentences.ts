/**
 * Sentences that code and content files have in English (why a draft is held, why something was not done,
 * what the check says), in Ukrainian. `{0}`, `{1}`, … are the parts that differ from sentence to sentence.
 * A test holds that each English one is written by the code.
 */
export const ukSentences: Readonly<Record<string, string>> = {
  // The fact check.
  'The number “{0}” of the story is missing in the text.': 'У тексті бракує числа «{0}» з джерела.',
  'The number “{0}” of the original is missing in the text.':
    'У тексті бракує числа «{0}» з оригіналу.',
  'The number “{0}” is not in the story.': 'Числа «{0}» немає в джерелі.',
  'The number “{0}” is not in the original.': 'Числа «{0}» немає в оригіналі.',
  'The text has the number “{0}” where the story has “{1}”.':
    'У тексті число «{0}», а в джерелі «{1}».',
  'The text has the number “{0}” where the original has “{1}”.':
    'У тексті число «{0}», а в оригіналі «{1}».',
  '“{0}” is not in the story: it names no such currency or unit.':
    '«{0}» немає в джерелі: такої валюти чи одиниці там не названо.',
  '“{0}” is not in the original: it names no such currency or unit.':
    '«{0}» немає в оригіналі: такої валюти чи одиниці там не названо.',
  'The text has “{0}” where the story has “{1}”: another unit.':
    'У тексті «{0}», а в джерелі «{1}»: інша одиниця.',
  'The text has “{0}” where the original has “{1}”: another unit.':
    'У тексті «{0}», а в оригіналі «{1}»: інша одиниця.',
  'The date “{0}” of the story is missing in the text.': 'У тексті бракує дати «{0}» з джерела.',
  'The date “{0}” of the original is missing in the text.':
    'У тексті бракує дати «{0}» з оригіналу.',
  'The date “{0}” is not in the story.': 'Дати «{0}» немає в джерелі.',
  'The date “{0}” is not in the original.': 'Дати «{0}» немає в оригіналі.',
  'The text has the date “{0}” where the story has “{1}”.':
    'У тексті дата «{0}», а в джерелі «{1}».',
  'The text has the date “{0}” where the original has “{1}”.':
    'У тексті дата «{0}», а в оригіналі «{1}».',
  'The name “{0}” is not in the story.': 'Імені чи назви «{0}» немає в джерелі.',
  'The name “{0}” is not in the original.': 'Імені чи назви «{0}» немає в оригіналі.',
  'The quotation “{0}” is not in the story.': 'Цитати «{0}» немає в джерелі.',
  'The quotation “{0}” is not in the original.': 'Цитати «{0}» немає в оригіналі.',
  'The text says “{0}” where the story says “{1}”: only one of them denies it.':
    'У тексті «{0}», а в джерелі «{1}»: лише одне з них це заперечує.',
  'The text says “{0}” where the original says “{1}”: only one of them denies it.':
    'У тексті «{0}», а в оригіналі «{1}»: лише одне з них це заперечує.',
  'The text says “{0}” where the story says “{1}”: one goes up, the other down.':
    'У тексті «{0}», а в джерелі «{1}»: одне зростає, друге падає.',
  'The text says “{0}” where the original says “{1}”: one goes up, the other down.':
    'У тексті «{0}», а в оригіналі «{1}»: одне зростає, друге падає.',
  'The text has too many names to check them all.':
    'У тексті забагато імен і назв, щоб перевірити всі.',
  'The text has too many numbers, dates and quotations to check them all.':
    'У тексті забагато чисел, дат і цитат, щоб перевірити всі.',
  'The story gives orders to a model: “{0}”.': 'Джерело дає накази моделі: «{0}».',

  // What shows that a text of a model is no text to publish.
  '{0} is not in {1}: its letters are of another script.':
    '{0}: потрібна мова {1}, а літери іншого письма.',
  '{0} has “{1}”, which is not written in the letters of {2}.':
    '{0}: «{1}» написано не літерами цієї мови ({2}).',
  '{0} is not in {1}: it reads as {2}.': '{0}: потрібна мова {1}, а схоже на мову {2}.',
  '{0} has words of the model about its task: “{1}”.':
    '{0}: модель говорить про своє завдання: «{1}».',
  '{0} has markup or a placeholder left over: “{1}”.':
    '{0}: лишилася розмітка або заготовка: «{1}».',
  '{0} repeats a sentence: “{1}”.': '{0}: речення повторюється: «{1}».',
  '{0} repeats the words “{1}”.': '{0}: повторюються слова «{1}».',
  'impact has {0} points, and the original has {1}.':
    'Частина «Вплив на крипторинок»: пунктів {0}, а в оригіналі {1}.',
  '{0} has {1} paragraphs instead of {2}.': '{0}: абзаців {1}, а має бути {2}.',
  '{0} is much shorter than the original.': '{0}: значно коротше за оригінал.',
  '{0} is much longer than the original.': '{0}: значно довше за оригінал.',
  'These tickers are missing: {0}.': 'Бракує тикерів: {0}.',

  // Other reasons of ingest, the import and the desk.
  'Articles from {0} are published after an editor has read them, and nobody has read this one yet.':
    'Статті з джерела {0} публікують після того, як їх прочитав редактор, а цієї ще ніхто не читав.',
  'Articles are published after an editor has read them, and nobody has read this one yet.':
    'Статті публікують після того, як їх прочитав редактор, а цієї ще ніхто не читав.',
  'no model is configured; this is an excerpt': 'модель не налаштовано; це уривок',
  'It was in a folder of drafts': 'Файл був у папці чернеток',
  'It had a password in WordPress': 'У WordPress сторінка мала пароль',
  'It was private in WordPress': 'У WordPress сторінка була приватною',
  'It has no title': 'Немає заголовка',
  'The model has written this again for {0}.': 'Модель написала текст знову на прохання: {0}.',
  'Rejected by {0}: {1}': 'Відхилено ({0}): {1}',
  'The story has changed at its source since a person edited the article.':
    'Матеріал у джерелі змінився після того, як статтю правила людина.',
  'The story was taken back by its source, but a person has edited the article.':
    'Джерело відкликало матеріал, але статтю правила людина.',

  // What needs an editor.
  'Appears at {0}.': 'З’явиться: {0}.',
  'Its pin ended at {0}. Take it off, or pin it again.':
    'Закріплення закінчилося: {0}. Зніміть його або закріпіть знову.',
  'Its pin has the same weight, {0}, as that of {1}.':
    'Вага закріплення ({0}) така сама, як у: {1}.',
  '“{0}” ({1}) was updated at {2}, this version at {3}.':
    '«{0}» ({1}) оновлено {2}, а цю версію — {3}.',
  'There is no version in {0}.': 'Немає версії мовою: {0}.',

  // Why something was not done.
  'There is no article {0}.': 'Статті {0} немає.',
  '{0} is not in the future.': '{0} — це не майбутнє.',
  'The article is withdrawn or rejected. Undo that first.':
    'Статтю відкликано або відхилено. Спершу скасуйте це.',
  'The article is published already.': 'Статтю вже опубліковано.',
  'Say why.': 'Скажіть чому.',
  'The article is published. Withdraw it instead.':
    'Статтю опубліковано. Її можна лише відкликати.',
  'Say what was wrong and what is right.': 'Скажіть, що було неправильно і як правильно.',
  'With this change the file could not be served.': 'З цією зміною файл не можна було б показати.',
  'A review is given by approving the article, not by writing it into the file.':
    'Перевірку дають схваленням статті, а не записом у файлі.',
  '“{0}” cannot stand under a text: expected a name or a role of at most 200 characters.':
    '«{0}» не може стояти під текстом: потрібне ім’я або роль до 200 знаків.',
  'Revision {0} of {1} has no text to restore.': 'Версія {0} файла {1} не має тексту.',
  'An address has no spaces.': 'В адресі немає пробілів.',
  'Found {0}, expected {1}.': 'Знайдено {0}, потрібно {1}.',
  'Nothing redirects from {0}.': 'З адреси {0} переспрямування немає.',
  '“{0}” cannot be a tag: it has no letter or digit.':
    '«{0}» не може бути тегом: у ньому немає ні літери, ні цифри.',
  'It has changed since the preview.': 'Файл змінився після перегляду.',
  '{0} cannot be changed here: {1}. Change it in an editor.':
    'Поле {0} тут змінити не можна: {1}. Змініть його у файлі.',
  'changing it would change other parts of the file': 'зміна зачепила б інші частини файла',
  'the file has no front matter': 'у файлі немає полів статті',
  'the front matter is not one field a line': 'поля стоять не по одному в рядку',
  'its name is written in an unusual way': 'його назву написано незвично',
  'The file is not UTF-8: mend it with `dateline check --fix` first.':
    'Файл не в UTF-8: спершу полагодьте його командою `dateline check --fix`.',
  '{0} is not the name of a content file.': '{0} не є назвою файла вмісту.',
  '{0} is reached through a link, and links are not followed.':
    'До {0} веде посилання файлової системи, а за такими ми не йдемо.',

  // Asking the model.
  'Say what the model is to do differently.': 'Скажіть, що модель має зробити інакше.',
  'The note has more than {0} characters.': 'У примітці понад {0} знаків.',
  'Only a draft is written again.': 'Знову пишуть лише чернетки.',
  'The draft is rejected. Undo that first.': 'Чернетку відхилено. Спершу скасуйте це.',
  'The text of the story is not kept any more, or a person wrote the article: the model has nothing to write from.':
    'Тексту джерела вже немає, або статтю написала людина: моделі нема з чого писати.',
  'The original is not there, or has another form than the model writes: it cannot be translated again.':
    'Оригіналу немає, або він має іншу будову, ніж пише модель: перекласти його знову не можна.',
  "The model's answer cannot be used: {0}": 'Відповідь моделі непридатна: {0}',
  'The answer is not JSON.': 'Відповідь — не JSON.',
  'The JSON cannot be read or breaks off.': 'JSON не читається або обривається.',
  'What a day may cost is spent; stories wait.': 'Дозволене на день витрачено.',
  'What a run may cost is spent; stories wait.': 'Дозволене на один запуск витрачено.',
  'The model did not answer in time.': 'Модель не відповіла вчасно.',
  'The model cannot be reached at {0}.': 'До моделі за адресою {0} не дістатися.',
  'The model gave no answer that can be read.': 'Модель не дала відповіді, яку можна прочитати.',
  "The model's endpoint answered {0}.": 'Сервер моделі відповів {0}.',
  'The model asks for payment ({0}): the account has no credit left.':
    'Модель просить оплати ({0}): на рахунку нічого не лишилося.',
  "The model's endpoint takes no more requests for now (429).":
    'Сервер моделі поки не приймає запитів (429).',
  'The model at {0} asks for a key ({1}), and LLM_API_KEY is not set.':
    'Модель на {0} просить ключ ({1}), а LLM_API_KEY не задано.',
  'The model refused the key ({0}). Check LLM_API_KEY.':
    'Модель не прийняла ключа ({0}). Перевірте LLM_API_KEY.',
  "The model's endpoint knows no model {0} ({1}). Check LLM_BASE_URL and LLM_MODEL.":
    'Сервер моделі не знає моделі {0} ({1}). Перевірте LLM_BASE_URL і LLM_MODEL.',

  // Notes of the history.
  'Reviewed by {0}': 'Перевірено: {0}',
  'Reviewed by {0}, to appear at {1}': 'Перевірено: {0}; з’явиться {1}',
  'Not withdrawn any more': 'Більше не відкликано',
  'To appear at {0}': 'З’явиться {0}',
  'Pinned until {0}, weight {1}': 'Закріплено до {0}, вага {1}',
  'Not pinned any more': 'Більше не закріплено',
  'Renamed from {0}': 'Перейменовано з {0}',
  'Renamed to {0}': 'Перейменовано на {0}',
  'Restored revision {0} of {1}': 'Повернуто версію {0} від {1}',
  New: 'Нова',
}

/** Parts of those sentences that stand where something differs, and what the check finds and expects. */
export const ukParts: Readonly<Record<string, string>> = {
  nothing: 'нічого',
  'a title': 'заголовок',
  'a field that is not known': 'невідоме поле',
  'a known field': 'відоме поле',
  'The text': 'Текст',
  'The title': 'Заголовок',
  'The description': 'Опис',
  'The part “Overview”': 'Частина «Огляд»',
  'The part “What happened”': 'Частина «Що сталося»',
  'The part “Why it matters”': 'Частина «Чому це важливо»',
  'The part “Impact on the crypto market”': 'Частина «Вплив на крипторинок»',

  // What a file has.
  'a space that is none, {0}, in the field {1}': 'незвичайний пробіл {0} у полі {1}',
  'the character {0} in the field {1}': 'знак {0} у полі {1}',
  'broken encoding in {0}': 'зіпсоване кодування: {0}',
  'a control character': 'керівний знак',
  '{0} control characters, the first here': 'керівних знаків: {0}, перший тут',
  'a review by {0} of another text': 'перевірка, яку дав(-ла) {0}, іншого тексту',
  '{0}, the slug of {1}, which is served instead':
    '{0} — адреса файла {1}, який показано замість цього',
  '{0}, the address of {1}': '{0} — адреса файла {1}',
  'more than {0}': 'понад {0}',

  // What it should have.
  'a title of at most {0} characters': 'заголовок, не довший за {0} знаків',
  'a category': 'розділ',
  'a tag': 'тег',
  '{0} with a letter or a digit in it': '{0}, у якому є літера чи цифра',
  '{0} of at most {1} characters': '{0}, не довше за {1} знаків',
  '{0}, in quotes': '{0}, у лапках',
  'a date and time such as 2026-03-01T09:30:00Z': 'дата й час, як-от 2026-03-01T09:30:00Z',
  'true or false': 'true або false',
  'draft: true instead': 'натомість draft: true',
  'a number': 'число',
  'a list of tags': 'список тегів',
  'a list of names': 'список імен',
  'a list of earlier slugs': 'список колишніх адрес',
  'a list of values': 'список значень',
  'the name of an author': 'ім’я автора',
  'the name of the source': 'назва джерела',
  'what the picture shows': 'що зображено',
  'a sentence or two': 'одне-два речення',
  'why it is a draft': 'причина, чому це чернетка',
  'POSITIVE, NEUTRAL or NEGATIVE': 'POSITIVE, NEUTRAL або NEGATIVE',
  'a text': 'текст',
  'a mapping with name and url': 'поля name і url',
  'a mapping with at and text': 'поля at і text',
  'a mapping with by, at and digest': 'поля by, at і digest',
  'a known field: did you mean {0}?': 'відоме поле, можливо, {0}',
  'one of {0}': 'одне з: {0}',
  'ordinary spaces, or none, before the name of a field':
    'звичайні пробіли перед назвою поля або жодних',
  'a closing ] or }': 'дужка ] або }, що закриває',
  'a quote at the end of the value': 'лапки в кінці значення',
  'a field name, a colon and a space': 'назва поля, двокрапка й пробіл',
  'an ordinary space after the colon, not U+{0}': 'звичайний пробіл після двокрапки, а не U+{0}',
  'no such line': 'відсутність такого рядка',
  'one version: nobody has finished this merge of two':
    'одна версія: злиття двох ніхто не довів до кінця',
  'one text: this is a merge of two versions that nobody has finished':
    'один текст: злиття двох версій ніхто не довів до кінця',
  'the fields themselves: others are not merged into them': 'самі поля: інші в них не додаються',
  'text saved as UTF-8': 'текст, збережений у UTF-8',
  'text without them; they are left out': 'текст без них; їх пропущено',
  'a new review: the text has changed since, and readers see none':
    'нова перевірка: текст відтоді змінився, і читачі її не бачать',
  'a text that is rendered in less time, for example in several articles':
    'текст, який показується швидше, наприклад у кількох статтях',
  'a file that can be read': 'файл, який можна прочитати',
  'a slug that no other file in “{0}” has': 'адреса, якої не має жоден інший файл мовою «{0}»',
  'Markdown or harmless HTML; the element and all that is in it is left out':
    'Markdown або безпечний HTML; елемент з усім, що в ньому, пропущено',
}
