// Python, in a worker of its own. All it needs comes by message from the page; it asks nobody.

const parts = await new Promise((done) => (self.onmessage = ({ data }) => done(data)));
const early = [];
let receive = (...message) => early.push(message);
self.onmessage = ({ data: { id, data, buffers } }) =>
  receive(id, JSON.stringify(data), (buffers ?? []).map((each) => (each.buffer ? new Uint8Array(each.buffer, each.byteOffset, each.byteLength) : new Uint8Array(each))));

// The only two things that Pyodide fetches by itself.
const held = {
  "pyodide.asm.wasm": ["application/wasm", parts.program],
  "python_stdlib.zip": ["application/zip", parts.library],
};
self.fetch = async (asked) => {
  const name = String(asked.url ?? asked).split("/").pop();
  if (!(name in held)) throw new TypeError(`nothing is loaded from elsewhere: ${name}`);
  return new Response(held[name][1], { headers: { "Content-Type": held[name][0] } });
};
const text = (bytes) => new TextDecoder().decode(bytes);
const load = (bytes) => import(URL.createObjectURL(new Blob([bytes], { type: "text/javascript" })));

function post(message, buffers) {
  const sent = [...buffers].map((each) => each.slice());
  self.postMessage({ message, buffers: sent }, sent.map((each) => each.buffer));
}

try {
  const [{ default: createPyodideModule }, { loadPyodide }] = await Promise.all([load(parts.module), load(parts.loader)]);
  const python = await loadPyodide({ indexURL: "https://here.invalid/", createPyodideModule, lockFileContents: text(parts.lock) });
  python.unpackArchive(parts.packages, "zip", { extractDir: python.runPython("import site; site.getsitepackages()[0]") });
  python.registerJsModule("selfcare_host", { post });
  const page = python.pyimport("selfcare_page");
  const shown = page.begin();
  receive = page.receive;
  self.postMessage({ shown });
  early.forEach((message) => receive(...message));
} catch (error) {
  self.postMessage({ failed: String(error) });
}
