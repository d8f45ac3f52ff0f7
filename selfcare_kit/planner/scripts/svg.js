// What figures are made of, and how one comes from the kernel.

const SVG = "http://www.w3.org/2000/svg";

function svgElement(name, attributes, parent) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  parent.append(made);
  return made;
}

const clamp = (value, least, most) => Math.min(Math.max(value, least), most);

async function decompress(buffer) {
  const stream = new Blob([buffer]).stream().pipeThrough(new DecompressionStream("deflate"));
  return JSON.parse(await new Response(stream).text());
}
