// Sends the file that is chosen to the kernel as a message, and keeps nothing of it.

function render({ model, el }) {
  const input = document.createElement("input");
  input.type = "file";
  input.accept = model.get("accept");
  input.hidden = true;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "jupyter-button";
  button.textContent = model.get("label");
  button.addEventListener("click", () => input.click());
  input.addEventListener("change", async () => {
    const [file] = input.files;
    if (!file) return;
    // A little more than the kernel reads: it then says in words that the file is too large.
    const content = await file.slice(0, 5_100_000).arrayBuffer();
    input.value = "";
    model.send({ name: file.name }, undefined, [content]);
  });
  el.append(button, input);
}

export default { render };
