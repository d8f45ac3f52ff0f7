// What stands around the planner: its age, the licences of what is in the file, and the theme of the computer.

const YEAR = 365.25 * 24 * 3600 * 1000;
const made = document.documentElement.dataset.made;
const outdated = document.querySelector("#outdated");
// A file on a stick is never renewed by itself.
outdated.hidden = Date.now() - Date.parse(made) < YEAR;

const about = document.querySelector("#about");
const notices = document.querySelector("#notices");
document.querySelector("#open-about").addEventListener("click", async () => {
  about.showModal();
  const holder = document.querySelector("#packed-notices");
  if (!notices.textContent) notices.textContent = new TextDecoder().decode(await unpacked(holder));
});
document.querySelector("#close-about").addEventListener("click", () => about.close());

const isDark = matchMedia("(prefers-color-scheme: dark)");
const follow = () => (document.body.dataset.jpThemeLight = String(!isDark.matches));
isDark.addEventListener("change", follow);
follow();
