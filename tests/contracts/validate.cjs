// Prints what the official AsyncAPI parser finds wrong with the documents named as arguments, as JSON.
const { createRequire } = require("node:module");
const fs = require("node:fs");

const [folder, ...files] = process.argv.slice(2);
const { Parser } = createRequire(folder + "/")("@asyncapi/parser");

async function main() {
  const parser = new Parser();
  const found = {};
  for (const file of files) {
    const { document, diagnostics } = await parser.parse(fs.readFileSync(file, "utf8"));
    found[file] = diagnostics
      .filter((one) => one.severity <= 1)
      .map((one) => `${one.severity === 0 ? "error" : "warning"} ${one.path.join("/")}: ${one.message}`);
    if (!document) found[file].push("error: no document");
  }
  console.log(JSON.stringify(found));
}

main();
