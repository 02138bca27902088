// Runs before the first paint, so that a dark page never flashes white. Not inline: the content policy forbids that.
// Browsers keep assets for ever: whoever changes this file gives it the next number.
(() => {
  let choice = 'system';
  try {
    choice = localStorage.getItem('zendo-theme') || 'system';
  } catch {}
  const dark = choice === 'dark' || (choice === 'system' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.classList.toggle('dark', dark);
})();
