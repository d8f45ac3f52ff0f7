// Starts the planner as the page does, and compiles each module that was imported: node compile.mjs PACKAGES.zip MADE.zip

import { readFileSync, writeFileSync } from "node:fs";
import { loadPyodide } from "./pyodide.mjs";

const [packages, made] = process.argv.slice(2);
// Node would print the whole line of a script of one line.
process.on("uncaughtException", (error) => {
  process.stderr.write(String(error.message ?? error).slice(-800));
  process.exit(1);
});
// The order of sets would change from run to run.
const python = await loadPyodide({ env: { PYTHONHASHSEED: "0", HOME: "/home" } });
const site = python.runPython("import site; site.getsitepackages()[0]");
python.unpackArchive(new Uint8Array(readFileSync(packages)), "zip", { extractDir: site });
python.registerJsModule("selfcare_host", { post() {} });
python.pyimport("selfcare_page").begin();
python.globals.set("site", site);
const zipped = python.runPython(`
import importlib.util, io, marshal, sys, types, zipfile

LIBRARY = next(path for path in sys.path if path.endswith(".zip"))

def bare(code):
    consts = tuple(bare(each) if isinstance(each, types.CodeType) else each for each in code.co_consts)
    return code.replace(co_linetable=b"", co_consts=consts)

def pyc(source, name):
    header = importlib.util.MAGIC_NUMBER + (1).to_bytes(4, "little") + importlib.util.source_hash(source)
    return header + marshal.dumps(bare(compile(source, name, "exec", dont_inherit=True)))

def source_of(module):
    "Return where a module comes from, its path there, and its source."
    path = getattr(module, "__file__", None) or ""
    for where, folder in (("library/", LIBRARY + "/"), ("packages/", site + "/")):
        # Some of Python's own are code already.
        if path.startswith(folder) and path.endswith(".py") and hasattr(module.__loader__, "get_data"):
            return where + path.removeprefix(folder), module.__loader__.get_data(path)
    return None

found = dict(filter(None, map(source_of, list(sys.modules.values()))))
made = io.BytesIO()
with zipfile.ZipFile(made, "w") as archive:
    for name in sorted(found):
        archive.writestr(zipfile.ZipInfo(name + "c", (1980, 1, 1, 0, 0, 0)), pyc(found[name], name.partition("/")[2]))
made.getvalue()
`);
writeFileSync(made, zipped.toJs());
