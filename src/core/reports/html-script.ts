/** What makes the report handier, and without which it is complete; its policy names it by `scriptHash`, which a test holds against it. */
export const script = `
(() => {
  const found = [...document.querySelectorAll('[data-finding]')];
  const search = document.getElementById('search');
  const shown = document.getElementById('shown');
  search.addEventListener('input', () => {
    const words = search.value.toLowerCase().split(/\\s+/).filter((word) => word !== '');
    for (const one of found) one.hidden = !words.every((word) => one.textContent.toLowerCase().includes(word));
    for (const one of document.querySelectorAll('.topic')) one.open = words.length > 0;
    shown.textContent = words.length === 0 ? '' : found.filter((one) => !one.hidden).length + ' of ' + found.length + ' shown';
  });
  document.getElementById('tools').hidden = false;
  for (const one of document.querySelectorAll('pre.command')) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = 'Copy';
    button.addEventListener('click', async () => {
      try {
        await navigator.clipboard.writeText(one.textContent);
        button.textContent = 'Copied';
      } catch {
        getSelection().selectAllChildren(one);
        button.textContent = 'Selected: copy it now';
      }
    });
    one.after(button);
  }
  addEventListener('beforeprint', () => {
    for (const one of document.querySelectorAll('details')) one.open = true;
  });
})();
`;

/** SHA-256 of the script, as a policy of the page spells it. */
export const scriptHash = 'sha256-UOfdQYVk5bSTN5jh8gQJaxCPvs+3zLo2RiWI/GXA35U=';
