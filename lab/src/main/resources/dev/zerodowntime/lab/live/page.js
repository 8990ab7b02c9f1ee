/* What the pages have in common: a notice in the language of the moment, and asking ./workshop for something. */

const token = document.querySelector('meta[name=token]').content;
let notice = null;

export const find = (id) => document.getElementById(id);

/* message: how to say it in the language of the moment, or null */
export function tell(message) {
  notice = message;
  tellAgain();
}

/* In another language. */
export function tellAgain() {
  find('notice').hidden = !notice;
  find('notice').textContent = notice ? notice() : '';
}

/* Returns the answer; throws what was refused. */
export async function ask(path, body) {
  const answer = await fetch(path, {method: 'POST', headers: {'X-Workshop-Token': token}, body});
  const text = (await answer.text()).trim();
  if (!answer.ok) {
    throw new Error(text);
  }
  return text;
}
