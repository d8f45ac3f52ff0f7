// Saves, prints, copies and reads files in the browser; nothing is written on the server.

function saveFile(file, bytes) {
  const url = URL.createObjectURL(new Blob([bytes], { type: file.type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = file.name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}

// Prints a page in an invisible frame. It is no blob:, which is of another origin where the planner was opened from a disk.
function printPage(bytes) {
  const frame = document.createElement("iframe");
  frame.title = "Handout to print";
  frame.style.cssText = "position:fixed;width:0;height:0;border:0;visibility:hidden";
  frame.srcdoc = new TextDecoder().decode(bytes);
  frame.addEventListener("load", () => {
    frame.contentWindow.addEventListener("afterprint", () => setTimeout(() => frame.remove()));
    frame.contentWindow.focus();
    frame.contentWindow.print();
  });
  document.body.append(frame);
}

// Returns whether the text is on the clipboard now.
async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Where the page may not use the clipboard, or is not secure, the old command may still work.
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    const isCopied = document.execCommand("copy");
    area.remove();
    return isCopied;
  }
}

// A little more than the kernel accepts, so that it refuses a larger file with a message.
const MAX_BYTES = 5_100_000;
// A client's visits, a few kinds of file each.
const MAX_FILES = 200;

async function readFiles(input) {
  const files = [...input.files].slice(0, MAX_FILES);
  const contents = await Promise.all(files.map((file) => file.slice(0, MAX_BYTES).arrayBuffer()));
  input.value = "";
  return { names: files.map((file) => file.name).join("\n"), contents };
}
