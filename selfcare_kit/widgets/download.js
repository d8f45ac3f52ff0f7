// Asks the kernel for a file, with the client's name if one is typed, and saves what comes back.
// The name stays in the input: it is never set on the model.

function save(name, type, bytes) {
  const url = URL.createObjectURL(new Blob([bytes], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}

function render({ model, el }) {
  const waiting = new Set();
  const label = document.createElement("label");
  label.textContent = "Client's name, as printed (kept nowhere else)";
  const client = document.createElement("input");
  client.type = "text";
  client.autocomplete = "off";
  client.spellcheck = false;
  client.className = "selfcare-client";
  label.append(client);
  const buttons = document.createElement("div");
  buttons.className = "selfcare-bar";
  const line = document.createElement("p");
  line.setAttribute("role", "status");
  const tell = (text, kind) => {
    line.textContent = text.charAt(0).toUpperCase() + text.slice(1);
    line.className = `selfcare-${kind}`;
  };
  for (const file of model.get("files")) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = file.label;
    button.className = `jupyter-button selfcare-download${file.primary ? " mod-primary" : ""}`;
    button.dataset.kind = file.kind;
    button.addEventListener("click", () => {
      const request = crypto.randomUUID ? crypto.randomUUID() : String(Math.random());
      waiting.add(request);
      tell("Making the file ...", "done");
      model.send({ request, kind: file.kind, client: client.value });
    });
    buttons.append(button);
  }
  // Every view of the widget hears every answer; only the one that asked saves it.
  const receive = (message, buffers) => {
    if (!waiting.delete(message.request)) return;
    if (message.error) {
      tell(message.error, "error");
    } else {
      save(message.name, message.type, buffers[0]);
      tell(`Saved ${message.name}`, "done");
    }
  };
  model.on("msg:custom", receive);
  el.classList.add("selfcare-downloads");
  el.append(label, buttons, line);
  return () => model.off("msg:custom", receive);
}

export default { render };
