// One widget carries the script that all panes use. It is kept by its name, as another kernel may bring another version.
function shared(name) {
  const scripts = (globalThis.selfcareScripts ??= {});
  if (!scripts[name]) {
    let offer;
    const ready = new Promise((resolve) => (offer = resolve));
    scripts[name] = { ready, offer };
  }
  return scripts[name];
}
