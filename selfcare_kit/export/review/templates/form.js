"use strict";
(() => {
  const meta = JSON.parse(document.getElementById("meta").textContent);
  const $ = (id) => document.getElementById(id);
  const boxes = [...document.querySelectorAll(".box")];
  const key = `review ${meta.guide} ${meta.version}`;

  const answer = (box) => ({
    verdict: box.querySelector("input:checked")?.value ?? "",
    comment: box.querySelector(".say").value.trim(),
  });
  const isShown = (box) => {
    const filter = $("filter").value;
    if (filter === "first") return box.dataset.first === "yes";
    if (filter === "empty") return !answer(box).verdict;
    return !filter || filter === `part:${box.dataset.part}`;
  };
  const say = (text) => { $("said").textContent = text; $("said").hidden = !text; };

  function paint() {
    let done = 0, all = 0;
    for (const box of boxes) {
      const { verdict, comment } = answer(box);
      box.classList.remove("agree", "change", "unsure");
      if (verdict) box.classList.add(verdict);
      box.classList.toggle("needs", verdict === "change" && !comment);
      if (isShown(box) || verdict) all += 1;
      if (verdict) done += 1;
    }
    $("count").textContent = `${done} of ${$("filter").value ? all : boxes.length} boxes answered`;
  }

  // A sheet or a point is left out where none of its boxes is asked for; a box stays beside its point.
  function filter() {
    for (const part of document.querySelectorAll(".sheet:not(.intro), .point, .work, .entry")) {
      part.classList.toggle("is-out", ![...part.querySelectorAll(".box")].some(isShown));
    }
    paint();
  }

  function kept() {
    const answers = boxes.map((box) => [box.dataset.items, answer(box)]).filter(([, each]) => each.verdict || each.comment);
    return { who: $("who").value, job: $("job").value, answers };
  }
  function keep() {
    try { localStorage.setItem(key, JSON.stringify(kept())); }
    catch { say("This browser keeps nothing: save your answers before you close the page."); }
    paint();
  }
  function fill(answers) {
    for (const box of boxes) {
      const found = answers.get(box.dataset.items);
      if (!found) continue;
      const choice = box.querySelector(`input[value="${found.verdict}"]`);
      if (choice) choice.checked = true;
      box.querySelector(".say").value = found.comment;
    }
  }

  const quoted = (text) => (/[",;\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text);
  // An apostrophe in front keeps a spreadsheet program from running or changing what was typed.
  const guarded = (text) => (/^['=+\-@＝＋－＠#]/.test(text) ? `'${text}` : text);
  const today = () => {
    const now = new Date(), two = (number) => String(number).padStart(2, "0");
    return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  };
  function table() {
    const rows = [meta.columns], day = today();
    for (const box of boxes) {
      const { verdict, comment } = answer(box);
      if (!verdict) continue;
      for (const [item, digest] of JSON.parse(box.dataset.items)) {
        const values = {
          item, digest, verdict, comment: guarded(comment.replace(/\s+/g, " ")), reviewer: $("who").value.trim(),
          profession: $("job").value, day, guide: meta.guide, version: meta.version,
        };
        rows.push(meta.columns.map((column) => values[column]));
      }
    }
    return `\ufeff${rows.map((row) => row.map(quoted).join(",")).join("\r\n")}\r\n`;
  }

  function save() {
    if (!$("who").value.trim()) { say("Please fill in your initials first."); $("who").focus(); return; }
    if (!$("job").value) { say("Please choose your profession first."); $("job").focus(); return; }
    if (!boxes.some((box) => answer(box).verdict)) { say("No box is answered yet."); return; }
    const needs = boxes.filter((box) => box.classList.contains("needs")).length;
    say(needs ? `Saved. ${needs} ${needs > 1 ? "boxes say" : "box says"} change but not what: please add a few words and save again.` : "Saved. Please send the file to whoever gave you this form.");
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([table()], { type: "text/csv" }));
    link.download = `answers_${meta.guide}_${$("who").value.trim().replace(/[^\w-]+/g, "") || "reviewer"}.csv`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }

  function parsed(text) {
    const rows = [];
    let row = [], cell = "", isQuoted = false;
    const separator = (text.split("\n", 1)[0].match(/;/g) ?? []).length > (text.split("\n", 1)[0].match(/,/g) ?? []).length ? ";" : ",";
    for (let i = 0; i < text.length; i += 1) {
      const letter = text[i];
      if (isQuoted && letter === '"' && text[i + 1] === '"') { cell += '"'; i += 1; }
      else if (letter === '"') isQuoted = !isQuoted;
      else if (!isQuoted && letter === separator) { row.push(cell); cell = ""; }
      else if (!isQuoted && letter === "\n") { row.push(cell.replace(/\r$/, "")); rows.push(row); row = []; cell = ""; }
      else cell += letter;
    }
    if (cell || row.length) { row.push(cell); rows.push(row); }
    return rows;
  }
  async function open(file) {
    const [head, ...rows] = parsed((await file.text()).replace(/^\ufeff/, ""));
    const at = (name) => (head ?? []).indexOf(name);
    if (["item", "digest", "verdict", "comment"].some((name) => at(name) < 0)) { say("This is no file of answers; choose one that this form saved."); return; }
    const said = new Map(rows.map((row) => [`${row[at("item")]} ${row[at("digest")]}`, row]));
    const answers = new Map();
    let old = said.size;
    for (const box of boxes) {
      for (const [item, digest] of JSON.parse(box.dataset.items)) {
        const row = said.get(`${item} ${digest}`);
        if (!row) continue;
        old -= 1;
        answers.set(box.dataset.items, { verdict: row[at("verdict")], comment: row[at("comment")].replace(/^'/, "") });
      }
    }
    fill(answers);
    if (rows[0]) { $("who").value = rows[0][at("reviewer")] ?? ""; $("job").value = rows[0][at("profession")] ?? ""; }
    say(old > 0 ? `Opened. ${old} answers are about another wording and are not shown.` : "");
    keep();
  }

  $("save").addEventListener("click", save);
  $("print").addEventListener("click", () => window.print());
  $("open").addEventListener("change", async (event) => { await open(event.target.files[0]); event.target.value = ""; });
  $("filter").addEventListener("change", filter);
  document.addEventListener("input", keep);
  document.addEventListener("change", (event) => { if (event.target.id !== "open" && event.target.id !== "filter") keep(); });
  try {
    const found = JSON.parse(localStorage.getItem(key));
    if (found) { $("who").value = found.who; $("job").value = found.job; fill(new Map(found.answers)); }
  } catch { /* Nothing was kept. */ }
  filter();
})();
